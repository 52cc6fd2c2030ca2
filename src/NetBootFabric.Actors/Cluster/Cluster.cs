using System.Collections.Immutable;
using NetBootFabric.Actors.Cluster.Daemon;
using NetBootFabric.Actors.Cluster.Sharding;
using NetBootFabric.Boot.Membership;

namespace NetBootFabric.Actors.Cluster;

/// <summary>This system's membership. Without <see cref="EmbeddedSetup.Cluster"/> it is a cluster of one node: always up, and joined already.</summary>
public partial class Cluster : IExtension
{
    public const string DaemonPath = "/system/cluster";

    private readonly ActorSystemImpl _system;
    private readonly ClusterSetup? _setup;
    private readonly Lazy<IActorRef>? _daemon;
    private readonly Milestone _up;
    private readonly Milestone _removed;

    internal Cluster(ActorSystemImpl system)
    {
        _system = system;
        _setup = system.Setup.Cluster;
        _up = new Milestone(system);
        _removed = new Milestone(system);
        _subscriptions = new ClusterSubscriptions();
        Ownership = new ShardOwnership(system.TimeProvider, system.Log, _setup);
        if (_setup is null) _up.Reach();
        else _daemon = new Lazy<IActorRef>(() => system.SystemActorOf(Props.Of(() => new ClusterDaemon(system, this, _setup)), "cluster"));
    }

    public Address SelfAddress => _system.SelfAddress;

    public ImmutableHashSet<string> SelfRoles => SelfMember.Roles;

    public bool IsUp => _up.IsReached && !IsTerminated;

    /// <summary>It left, or the system has ended.</summary>
    public bool IsTerminated => _removed.IsReached || _system.WhenTerminated.IsCompleted;

    internal ShardOwnership Ownership { get; }

    internal ActorSystemImpl System => _system;

    public static Cluster Get(ActorSystem system) => ActorSystemImpl.Of(system).Extension(static inner => new Cluster(inner));

    /// <summary>Takes part from now on. Start the regions before, since shards come to a member as soon as it is up.</summary>
    /// <exception cref="NotSupportedException">The address is another node's: members find each other in the store.</exception>
    public void Join(Address address)
    {
        if (address != SelfAddress) throw new NotSupportedException($"A member joins through the store: [{address}] is not its own address");
        if (_daemon?.IsValueCreated != false) return;
        _ = _daemon.Value;
    }

    /// <summary>Completes once this member is up.</summary>
    public Task JoinAsync(Address address, CancellationToken token = default)
    {
        Join(address);
        return _up.Task.WaitAsync(token);
    }

    /// <summary>The member at that address gives its shards away, and is gone.</summary>
    public void Leave(Address address)
    {
        if (address == SelfAddress) _ = LeaveAsync();
        else if (MemberAt(address) is { } member) _system.Remoting?.TellMember(member.Identity.Name, DaemonPath, LeaveNow.Instance, null);
    }

    /// <summary>Completes once this member's shards are given away and it is gone.</summary>
    public Task LeaveAsync() => LeaveAsync(CancellationToken.None);

    public Task LeaveAsync(CancellationToken cancellationToken)
    {
        if (_daemon is null || !_daemon.IsValueCreated) _removed.Reach();
        else _daemon.Value.Tell(LeaveNow.Instance, ActorRefs.NoSender);
        return _removed.Task.WaitAsync(cancellationToken);
    }

    internal async Task LeaveWithin(TimeSpan limit)
    {
        try
        {
            await LeaveAsync().WaitAsync(limit, _system.TimeProvider);
            // Until the others' next beats they send here what is theirs now; it is passed on meanwhile.
            if (_daemon is { IsValueCreated: true }) await Task.Delay(_setup!.Heartbeat * 2, _system.TimeProvider);
        }
        catch (TimeoutException)
        {
            _system.Log.Warning("The node goes without having left the cluster in {0}; the others will fence it", limit);
        }
    }

    /// <summary>Fences the member at that address, which lives or not; one that lives stops its entities and joins anew.</summary>
    public void Down(Address address)
    {
        if (_daemon is { IsValueCreated: true } && MemberAt(address) is { } member) _daemon.Value.Tell(new FenceMember(member), ActorRefs.NoSender);
    }

    /// <summary>Runs the callback once this member is up.</summary>
    public void RegisterOnMemberUp(Action callback) => _up.OnReached(callback);

    /// <summary>Runs the callback once this member has left.</summary>
    public void RegisterOnMemberRemoved(Action callback) => _removed.OnReached(callback);

    internal void NoteUp() => _up.Reach();

    internal void NoteRemoved()
    {
        StoreContact = StoreContact.Left;
        _removed.Reach();
    }

    private MemberRow? MemberAt(Address address) => Members.FirstOrDefault(row => row.Lives && Address.OfEndpoint(_system.Name, row.Identity.Address) == address);
}
