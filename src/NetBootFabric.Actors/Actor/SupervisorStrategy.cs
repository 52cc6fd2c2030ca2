namespace NetBootFabric.Actors.Actor;

/// <summary>How an actor treats the failures of its children.</summary>
public abstract class SupervisorStrategy
{
    /// <summary>Stops a child that could not be made or was killed, restarts it otherwise.</summary>
    public static readonly IDecider DefaultDecider = Actor.Decider.From(static cause => cause switch
    {
        ActorInitializationException or ActorKilledException or DeathPactException => Directive.Stop,
        _ => Directive.Restart,
    });

    /// <summary>One for one, without limit and without delay.</summary>
    public static readonly SupervisorStrategy DefaultStrategy = new OneForOneStrategy(DefaultDecider);

    public static readonly OneForOneStrategy StoppingStrategy = new(static _ => Directive.Stop);

    public abstract IDecider Decider { get; }

    protected bool LoggingEnabled { get; set; } = true;

    protected abstract Directive Handle(IActorRef child, Exception exception);

    /// <summary>False: the failure is the supervisor's own.</summary>
    internal bool HandleFailure(ActorCell supervisor, LocalActorRef child, Exception cause)
    {
        var directive = Handle(child, cause);
        if (LoggingEnabled && directive != Directive.Escalate) LogFailure(supervisor, child, cause, directive);
        switch (directive)
        {
            case Directive.Resume: child.SendSystemMessage(new Resume(afterFailure: true)); return true;
            case Directive.Restart: ProcessFailure(supervisor, restart: true, child, cause); return true;
            case Directive.Stop: ProcessFailure(supervisor, restart: false, child, cause); return true;
            default: return false;
        }
    }

    internal abstract void ProcessFailure(ActorCell supervisor, bool restart, LocalActorRef child, Exception cause);

    protected virtual void LogFailure(IActorContext context, IActorRef child, Exception cause, Directive directive)
    {
        var log = ((ActorCell)context).SystemImpl.LoggerFor(child.Path.ToString(), GetType());
        if (directive == Directive.Resume) log.Warning("{0}", cause.Message);
        else log.Error(cause, "{0}", cause.InnerException?.Message ?? cause.Message);
    }
}
