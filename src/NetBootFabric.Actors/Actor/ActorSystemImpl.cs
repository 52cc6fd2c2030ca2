using System.Collections.Concurrent;

namespace NetBootFabric.Actors.Actor;

internal sealed partial class ActorSystemImpl : ExtendedActorSystem
{
    private readonly ConcurrentDictionary<Type, Lazy<IExtension>> _extensions = new();
    private readonly TimeProviderScheduler _scheduler;
    private readonly Serialization.Serialization _serialization;
    private readonly RootActorRef _root;
    private readonly LocalActorRef _systemGuardian;
    private readonly LocalActorRef _userGuardian;
    private readonly ActorPath _temp;
    private readonly long _started;
    private long _uid;
    private long _tempNumber;

    public ActorSystemImpl(string name, EmbeddedSetup setup)
    {
        Name = name;
        Setup = setup;
        SelfAddress = setup.Cluster is { } cluster ? Address.OfEndpoint(name, cluster.Identity.Address) : new Address("akka", name);
        _started = TimeProvider.GetTimestamp();
        EventStream = new EventStream();
        Log = LoggerFor($"ActorSystem({name})", typeof(ActorSystem));
        _scheduler = new TimeProviderScheduler(TimeProvider, failure => Log.Error(failure, "A scheduled action threw"));
        var rootPath = ActorPath.RootOf(SelfAddress);
        DeadLetters = new DeadEndRef(this, rootPath / "deadLetters", publishes: true);
        IgnoreRef = new DeadEndRef(this, rootPath / "ignore", publishes: false);
        _temp = rootPath / "temp";
        _root = new RootActorRef(this, rootPath);
        _systemGuardian = StartGuardian("system");
        _userGuardian = StartGuardian("user");
        _serialization = new Serialization.Serialization(this, setup.Serializers?.Invoke(this) ?? []);
        if (setup.Cluster is { Transport: var transport })
        {
            Remoting = new Remote.Remoting(this, transport);
            RegisterOnTermination(Remoting.Dispose);
            Remoting.Start();
        }
    }

    public EmbeddedSetup Setup { get; }
    public MessageDispatcher Dispatcher => Setup.Dispatcher;
    public TimeProvider TimeProvider => Setup.TimeProvider;
    public InternalActorRef RootRef => _root;

    /// <summary>Null in a cluster of one.</summary>
    public Remote.Remoting? Remoting { get; }

    public override string Name { get; }
    public override Address SelfAddress { get; }
    public override Serialization.Serialization Serialization => _serialization;
    public override EventStream EventStream { get; }
    public override IActorRef DeadLetters { get; }
    public override IActorRef IgnoreRef { get; }
    public override IScheduler Scheduler => _scheduler;
    public override ILoggingAdapter Log { get; }
    public override TimeSpan StartTime => new(_started);
    public override TimeSpan Uptime => TimeProvider.GetElapsedTime(_started);

    public override IActorRef ActorOf(Props props, string? name = null) => _userGuardian.Cell.StartChild(props, name);

    public override IActorRef SystemActorOf(Props props, string? name = null) => _systemGuardian.Cell.StartChild(props, name);

    public override void Stop(IActorRef actor) => StopActor(actor);

    public void StopActor(IActorRef actor)
    {
        if (InternalActorRef.Of(actor) is not LocalActorRef local) return;
        local.Cell.StopRequested = true;
        if (local.Cell.ParentRef is LocalActorRef parent) parent.Cell.NoteStopping(local);
        local.SendSystemMessage(new Terminate());
    }

    public override T? GetExtension<T>() where T : class => _extensions.TryGetValue(typeof(T), out var extension) ? (T)extension.Value : null;

    public override bool HasExtension<T>() => _extensions.ContainsKey(typeof(T));

    /// <summary>The extension of that type, made at the first call.</summary>
    public T Extension<T>(Func<ActorSystemImpl, T> make) where T : class, IExtension =>
        (T)_extensions.GetOrAdd(typeof(T), static (_, of) => new Lazy<IExtension>(() => of.make(of.System)), (System: this, make)).Value;

    public static ActorSystemImpl Of(ActorSystem system) => (ActorSystemImpl)system;

    /// <summary>Tells incarnations apart; the first is 1.</summary>
    public long NextUid() => Interlocked.Increment(ref _uid);

    public ActorPath TempPath() => _temp.Child("$" + Interlocked.Increment(ref _tempNumber), NextUid());

    public ILoggingAdapter LoggerFor(string source, Type type) => new LoggingAdapter(this, source, type);

    public void PublishDeadLetter(DeadLetter letter)
    {
        if (letter.Message is IDeadLetterSuppression) return;
        EventStream.Publish(letter);
        if (Log.IsDebugEnabled) Log.Debug("Dead letter {0} from {1} to {2}", letter.Message, letter.Sender, letter.Recipient);
    }

    private LocalActorRef StartGuardian(string name)
    {
        var guardian = new LocalActorRef(this, _root.Path.Child(name, NextUid()), Props.Of(static () => new Guardian()), _root);
        guardian.SendSystemMessage(new Create());
        return guardian;
    }
}
