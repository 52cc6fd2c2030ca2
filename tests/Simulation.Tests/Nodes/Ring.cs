using System.Collections.Immutable;
using System.Globalization;
using Akka.Actor.Internal;
using Akka.Cluster;
using NetBootFabric.Cluster.Membership;

namespace NetBootFabric.Simulation.Tests.Nodes;

/// <summary>One actor system's end of the <see cref="Gossip"/>: whom it takes for members, and which shards have begun in it.</summary>
internal sealed class Ring : IMemberRing
{
    private readonly Gossip _gossip;
    private readonly SimulatedNode _node;
    private readonly HashSet<int> _asked = [];
    private readonly HashSet<int> _begun = [];
    private List<UniqueAddress> _members = [];
    private ActorSystem _system = null!;
    private IActorRef _keeper = ActorRefs.Nobody;

    public Ring(Gossip gossip, Head head, HeadNode run, SimulatedNode node)
    {
        (_gossip, Head, Run, _node) = (gossip, head, run, node);
        Self = new UniqueAddress(new Address("akka.ssl.tcp", "fabric", head.Name, SimulatedHost.Port), gossip.NextUid());
    }

    public Head Head { get; }
    public HeadNode Run { get; }
    public UniqueAddress Self { get; }
    public IActorRef Region { get; private set; } = ActorRefs.Nobody;
    public bool IsLeaving { get; private set; }

    /// <summary>Its process runs, and this system in it.</summary>
    public bool IsAlive { get; private set; } = true;

    /// <summary>It answers now.</summary>
    public bool Responds => IsAlive && !Head.IsPaused;

    public IReadOnlyCollection<UniqueAddress> Members => _members;

    public bool HasShards => _begun.Count + _asked.Count > 0;

    public void Begin(ActorSystem system, IActorRef region) => (_system, Region) = (system, region);

    public void Follow(IActorRef keeper) => _keeper = keeper;

    public void Unfollow(IActorRef keeper) => _keeper = ActorRefs.Nobody;

    public void Found() => _gossip.Found(this);

    public void Ask(ImmutableSortedSet<Address> contacts) => _gossip.Join(this, contacts);

    public void PutOut(UniqueAddress member)
    {
        OnWent(member);
        _gossip.PutOut(this, member);
    }

    /// <summary>All its actors stop.</summary>
    public void End()
    {
        if (!IsAlive) return;
        IsAlive = false;
        _gossip.Leave(this);
        ((ActorSystemImpl)_system).Provider.Guardian.Stop();
        Run.EndSystem(this);
    }

    public void Die()
    {
        if (!IsAlive) return;
        IsAlive = false;
        _gossip.OnDeath(this);
    }

    public void Leave()
    {
        if (!IsAlive) return;
        IsLeaving = true;
        Tell(BeginToLeave.Instance);
        _gossip.Drain(this);
    }

    public void Tell(object message) => _node.Schedule(() => _keeper.Tell(message, ActorRefs.NoSender));

    public void OnCame(UniqueAddress member) => _node.Schedule(() =>
    {
        if (!_members.Contains(member)) _members = [.. _members, member];
        _keeper.Tell(new MemberCame(member), ActorRefs.NoSender);
    });

    public void OnWent(UniqueAddress member) => _node.Schedule(() =>
    {
        if (!_members.Contains(member)) return;
        _members = [.. _members.Where(each => !each.Equals(member))];
        _keeper.Tell(new MemberWent(member), ActorRefs.NoSender);
    });

    /// <summary>Who has the shard; when it is this one, its lease is asked for first.</summary>
    public ShardHome HomeOf(string id)
    {
        var shard = int.Parse(id, CultureInfo.InvariantCulture);
        if (_gossip.HomeOf(this, shard) is not { } home) return ShardHome.Unknown;
        if (home != this) return new ShardHome(_system.ActorSelection(new RootActorPath(home.Self.Address) / "user" / "client"));
        if (_begun.Contains(shard)) return ShardHome.Here;
        if (_asked.Add(shard)) Acquire(shard);
        return ShardHome.Unknown;
    }

    private void Acquire(int shard)
    {
        var done = new TaskCompletionSource<bool>();
        _keeper.Tell(new AcquireShard(shard, _ => Lose(shard), done), ActorRefs.NoSender);
        done.Task.ContinueWith(acquired =>
        {
            _asked.Remove(shard);
            if (acquired.Result) _begun.Add(shard);
        }, default, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>As Cluster Sharding's shard when its lease is lost: it and its entities end at once.</summary>
    private void Lose(int shard)
    {
        if (_begun.Remove(shard)) Region.Tell(new LeaveShards([Id(shard)], IsFenced: true, static _ => { }), ActorRefs.NoSender);
    }

    /// <summary>The coordinator moves a shard: its entities end, then its lease is given back.</summary>
    public void HandOff(int shard, Action done) => _node.Schedule(() => Region.Tell(new LeaveShards([Id(shard)], IsFenced: false, _ =>
    {
        _begun.Remove(shard);
        _keeper.Tell(new ReleaseShard(shard), ActorRefs.NoSender);
        done();
    }), ActorRefs.NoSender));

    private static string Id(int shard) => shard.ToString(CultureInfo.InvariantCulture);
}
