namespace NetBootFabric.Actors.Actor;

/// <summary>A tree of actors with one clock, one dispatcher and one event stream.</summary>
public abstract class ActorSystem : IActorRefFactory, IDisposable
{
    public abstract string Name { get; }
    public abstract Serialization.Serialization Serialization { get; }
    public abstract EventStream EventStream { get; }
    public abstract IActorRef DeadLetters { get; }
    public abstract IActorRef IgnoreRef { get; }
    public abstract IScheduler Scheduler { get; }
    public abstract ILoggingAdapter Log { get; }
    public abstract TimeSpan StartTime { get; }
    public abstract TimeSpan Uptime { get; }

    /// <summary>Completes once the last actor has stopped.</summary>
    public abstract Task WhenTerminated { get; }

    public static ActorSystem Create(string name) => Create(name, new EmbeddedSetup());

    /// <exception cref="ArgumentException">The name is not made of letters, digits, - and _.</exception>
    public static ActorSystem Create(string name, EmbeddedSetup setup)
    {
        if (name.Length == 0 || !name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            throw new ArgumentException($"Invalid actor system name [{name}]: letters, digits, - and _ only", nameof(name));
        return new ActorSystemImpl(name, setup);
    }

    public abstract T? GetExtension<T>() where T : class, IExtension;

    public abstract bool HasExtension<T>() where T : class, IExtension;

    public abstract void RegisterOnTermination(Action code);

    /// <summary>Runs the coordinated shutdown, then stops all actors.</summary>
    public abstract Task Terminate();

    public abstract void Stop(IActorRef actor);

    public abstract IActorRef ActorOf(Props props, string? name = null);

    public abstract ActorSelection ActorSelection(ActorPath actorPath);

    public abstract ActorSelection ActorSelection(string actorPath);

    public void Dispose()
    {
        Terminate();
        GC.SuppressFinalize(this);
    }
}

/// <summary>What extensions and serializers see of a system.</summary>
public abstract class ExtendedActorSystem : ActorSystem
{
    /// <summary>Starts an actor under /system, which stops after all of /user.</summary>
    public abstract IActorRef SystemActorOf(Props props, string? name = null);

    public abstract Address SelfAddress { get; }
}
