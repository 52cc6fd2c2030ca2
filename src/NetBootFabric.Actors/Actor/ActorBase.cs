namespace NetBootFabric.Actors.Actor;

/// <summary>The base of every actor: one message at a time, restarted by its parent when it throws.</summary>
public abstract class ActorBase
{
    protected ActorBase()
    {
        if (ActorCell.Current is null)
            throw new ActorInitializationException(null, $"An instance of {GetType()} can't be made with new; use ActorOf");
    }

    protected IActorRef Sender => Context.Sender;

    protected IActorRef Self => Context.Self;

    /// <exception cref="NotSupportedException">Not in an actor, as after an await with ConfigureAwait(false).</exception>
    protected static IActorContext Context => ActorCell.Current
        ?? throw new NotSupportedException("There is no active actor context; an await with ConfigureAwait(false) or another thread left it");

    protected static Receive EmptyReceive { get; } = static _ => false;

    protected abstract bool Receive(object message);

    protected virtual bool AroundReceive(Receive receive, object message)
    {
        if (receive(message)) return true;
        Unhandled(message);
        return false;
    }

    /// <summary>No handler took the message. A <see cref="Terminated"/> makes the actor fail; the rest is published.</summary>
    protected virtual void Unhandled(object message)
    {
        if (message is Terminated terminated) throw new DeathPactException(terminated.ActorRef);
        Context.System.EventStream.Publish(new UnhandledMessage(message, Sender, Self));
    }

    protected void Become(Receive receive) => Context.Become(receive);

    protected void BecomeStacked(Receive receive) => Context.BecomeStacked(receive);

    protected void UnbecomeStacked() => Context.UnbecomeStacked();

    protected void SetReceiveTimeout(TimeSpan? timeout) => Context.SetReceiveTimeout(timeout);

    public virtual void AroundPreStart() => PreStart();

    public virtual void AroundPostStop() => PostStop();

    public virtual void AroundPreRestart(Exception cause, object? message) => PreRestart(cause, message!);

    public virtual void AroundPostRestart(Exception cause, object? message) => PostRestart(cause);

    protected virtual void PreStart() { }

    protected virtual void PostStop() { }

    /// <summary>On the failed incarnation. Stops the children and calls PostStop, unless overridden.</summary>
    protected virtual void PreRestart(Exception reason, object message)
    {
        foreach (var child in Context.GetChildren())
        {
            Context.Unwatch(child);
            Context.Stop(child);
        }
        PostStop();
    }

    /// <summary>On the new incarnation. Calls PreStart, unless overridden.</summary>
    protected virtual void PostRestart(Exception reason) => PreStart();

    protected virtual SupervisorStrategy SupervisorStrategy() => Actor.SupervisorStrategy.DefaultStrategy;

    internal SupervisorStrategy ChosenSupervisorStrategy() => SupervisorStrategy();

    internal bool InvokeAroundReceive(Receive receive, object message) => AroundReceive(receive, message);

    internal virtual Receive InitialBehavior() => Receive;

    /// <summary>False while messages that were put off have to wait.</summary>
    internal virtual bool TakesHeldMail => true;

    /// <summary>A child has stopped; the cell has forgotten it already.</summary>
    internal virtual void ChildTerminated(IActorRef child) { }

    /// <summary>An async handler ended, well or not.</summary>
    internal virtual void AsyncHandlerEnded(bool failed) { }
}
