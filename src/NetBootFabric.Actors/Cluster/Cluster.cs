using NetBootFabric.Actors.Cluster.Sharding;

namespace NetBootFabric.Actors.Cluster;

/// <summary>This system's membership. Without <see cref="EmbeddedSetup.Cluster"/> it is a cluster of one node: always up, and joined already.</summary>
public partial class Cluster : IExtension
{
    private readonly ActorSystemImpl _system;
    private readonly ClusterSetup? _setup;

    internal Cluster(ActorSystemImpl system)
    {
        _system = system;
        _setup = system.Setup.Cluster;
        Ownership = new ShardOwnership(system.TimeProvider, system.Log, _setup?.Shards);
    }

    public Address SelfAddress => _system.SelfAddress;

    public bool IsUp => !IsTerminated;

    public bool IsTerminated => _system.WhenTerminated.IsCompleted;

    internal ShardOwnership Ownership { get; }

    public static Cluster Get(ActorSystem system) => ActorSystemImpl.Of(system).Extension(static inner => new Cluster(inner));

    /// <exception cref="NotSupportedException">The address is another node's.</exception>
    public void Join(Address address)
    {
        if (address != SelfAddress) throw new NotSupportedException($"A member joins through the store: [{address}] is not its own address");
    }

    public Task JoinAsync(Address address, CancellationToken token = default)
    {
        Join(address);
        return Task.CompletedTask;
    }

    /// <summary>Runs the callback once this member is up.</summary>
    public void RegisterOnMemberUp(Action callback) => callback();
}
