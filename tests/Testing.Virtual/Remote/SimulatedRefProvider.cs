using Akka.Actor.Internal;

namespace NetBootFabric.Testing.Virtual;

/// <summary>
/// Named in <c>akka.actor.provider</c>: a system's own actors are Akka's local ones; those of other hosts are told over the <see cref="SimulatedNetwork"/> of the
/// <see cref="SimulatedHost"/> that the system was set up with. In place of Akka.Remote, which goes by the machine's clock and thread pool.
/// </summary>
public sealed class SimulatedRefProvider : IActorRefProvider
{
    private readonly LocalActorRefProvider _local;
    private readonly SimulatedHost _host;

    public SimulatedRefProvider(string systemName, Settings settings, EventStream eventStream)
    {
        _local = new LocalActorRefProvider(systemName, settings, eventStream);
        _host = settings.Setup.Get<SimulatedHost>().Value;
        DefaultAddress = _host.AddressIn(systemName);
    }

    public Address DefaultAddress { get; }
    public IInternalActorRef RootGuardian => _local.RootGuardian;
    public LocalActorRef Guardian => _local.Guardian;
    public LocalActorRef SystemGuardian => _local.SystemGuardian;
    public IActorRef DeadLetters => _local.DeadLetters;
    public IActorRef IgnoreRef => _local.IgnoreRef;
    public ActorPath RootPath => _local.RootPath;
    public Settings Settings => _local.Settings;
    public Deployer Deployer => _local.Deployer;
    public IInternalActorRef TempContainer => _local.TempContainer;
    public Task TerminationTask => _local.TerminationTask;
    public Information SerializationInformation => new(DefaultAddress, _host.System);

    public void Init(ActorSystemImpl system)
    {
        _host.System = system;
        _local.Init(system);
    }

    public IActorRef RootGuardianAt(Address address) => IsOwn(address) ? RootGuardian : Other(new RootActorPath(address));

    public IActorRef ResolveActorRef(string path) => ActorPath.TryParse(path, out var parsed) ? ResolveActorRef(parsed) : DeadLetters;

    public IActorRef ResolveActorRef(ActorPath actorPath) => IsOwn(actorPath.Address) ? _local.ResolveActorRef(RootPath / actorPath.Elements) : Other(actorPath);

    public Address GetExternalAddressFor(Address address) => DefaultAddress;

    public ActorPath TempPath() => _local.TempPath();

    public void RegisterTempActor(IInternalActorRef actorRef, ActorPath path) => _local.RegisterTempActor(actorRef, path);

    public void UnregisterTempActor(ActorPath path) => _local.UnregisterTempActor(path);

    public FutureActorRef<T> CreateFutureRef<T>(TaskCompletionSource<T> tcs) => _local.CreateFutureRef(tcs);

    public IInternalActorRef ActorOf(ActorSystemImpl system, Props props, IInternalActorRef supervisor, ActorPath path, bool systemService, Deploy deploy, bool lookupDeploy, bool async) =>
        _local.ActorOf(system, props, supervisor, path, systemService, deploy, lookupDeploy, async);

    private bool IsOwn(Address address) => address.HasLocalScope || address == DefaultAddress;

    private SimulatedRef Other(ActorPath path) => new(_host, this, path);
}
