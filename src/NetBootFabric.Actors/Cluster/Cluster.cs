namespace NetBootFabric.Actors.Cluster;

/// <summary>This system's membership. It is a cluster of one node: always up, and joined already.</summary>
public class Cluster : IExtension
{
    private readonly ActorSystemImpl _system;

    internal Cluster(ActorSystemImpl system) => _system = system;

    public Address SelfAddress => _system.SelfAddress;

    public bool IsUp => !IsTerminated;

    public bool IsTerminated => _system.WhenTerminated.IsCompleted;

    public static Cluster Get(ActorSystem system) => ActorSystemImpl.Of(system).Extension(static inner => new Cluster(inner));

    /// <exception cref="NotSupportedException">The address is another node's.</exception>
    public void Join(Address address)
    {
        if (address != SelfAddress) throw new NotSupportedException($"This node is a cluster of its own; it can't join {address}");
    }

    public Task JoinAsync(Address address, CancellationToken token = default)
    {
        Join(address);
        return Task.CompletedTask;
    }

    /// <summary>Runs the callback: this member is up.</summary>
    public void RegisterOnMemberUp(Action callback) => callback();
}
