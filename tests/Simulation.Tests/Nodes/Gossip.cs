using System.Collections.Immutable;
using Akka.Cluster;
using NetBootFabric.Boot.Membership;
using NetBootFabric.Cluster.Membership;
using NetBootFabric.Cluster.Messages;

namespace NetBootFabric.Simulation.Tests.Nodes;

/// <summary>
/// What Akka.Cluster and the shards' coordinator do, as head nodes see it: who joins is let in when all members hear each other, news travel with a delay over links that hold, the oldest
/// member says where a shard is, by the fabric's own plan, and moves it. It may be wrong about who lives: the store's leases and fences are what the fabric relies on.
/// </summary>
internal sealed class Gossip
{
    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Rebalancing = TimeSpan.FromSeconds(1);
    private const int MostMoves = 8;

    private readonly World _world;

    /// <summary>The oldest first.</summary>
    private readonly List<Ring> _members = [];
    private readonly SortedDictionary<int, Ring> _homes = [];
    private readonly HashSet<int> _moving = [];
    private string?[]? _plan;
    private TimeSpan _plannedAt;
    private int _uid;

    public Gossip(World world)
    {
        _world = world;
        if (world.Plan.IsCluster) Rebalance();
    }

    public int NextUid() => ++_uid;

    private Ring? Coordinator => _members.FirstOrDefault();

    private bool Reaches(Ring one, Ring other) => one == other || (one.Responds && other.Responds && !_world.Links.IsCut(one.Head.Name, other.Head.Name)
        && !_world.Faults.Loses(one.Head.Name, other.Head.Name));

    public void Found(Ring founder) => _world.After(_world.Between(0.05, 0.15), () =>
    {
        // Whoever had a cluster before has no living row any more.
        foreach (var member in _members.ToList()) PutOut(founder, member.Self);
        Enter(founder);
    });

    public void Join(Ring newcomer, ImmutableSortedSet<Address> contacts) => _world.After(_world.Between(0.05, 0.3), () =>
    {
        if (_members.Any(member => contacts.Contains(member.Self.Address) && Reaches(newcomer, member))) Enter(newcomer);
    });

    /// <summary>With anybody unreachable nobody is let in.</summary>
    private void Enter(Ring newcomer)
    {
        if (!newcomer.IsAlive || _members.Contains(newcomer)) return;
        if (_members.Any(member => !Reaches(member, newcomer) || _members.Any(other => !Reaches(member, other))))
        {
            _world.After(Round, () => Enter(newcomer));
            return;
        }
        Change(() => _members.Add(newcomer));
        foreach (var member in _members) Soon(() => member.OnCame(newcomer.Self));
        foreach (var member in _members.Where(member => member != newcomer)) Soon(() => newcomer.OnCame(member.Self));
    }

    public void PutOut(Ring by, UniqueAddress address)
    {
        if (_members.Find(member => member.Self.Equals(address)) is not { } member) return;
        _world.Note($"{by.Head.Name} puts {member.Head.Name} out");
        Remove(member);
        foreach (var other in _members.Where(other => other != by)) Soon(() => Hear(by, other, address));
        Soon(() => Hear(by, member, address));
    }

    private void Hear(Ring from, Ring to, UniqueAddress gone)
    {
        if (Reaches(from, to)) to.OnWent(gone);
    }

    /// <summary>Its system ended by itself: the others notice when they fence it.</summary>
    public void Leave(Ring ring) => OnDeath(ring);

    /// <summary>A port that refuses connections is proof; who can't look knows nothing.</summary>
    public void OnDeath(Ring dead)
    {
        foreach (var member in _members.Where(member => member != dead))
        {
            _world.After(_world.Between(0.03, 0.2), () =>
            {
                if (member.Responds && !_world.Links.IsCut(member.Head.Name, dead.Head.Name)) member.Tell(new Suspected(dead.Self, IsProven: true));
            });
        }
    }

    /// <summary>Its shards go to the others, then it goes.</summary>
    public void Drain(Ring leaver) => _world.After(Round, () =>
    {
        if (!leaver.IsAlive) return;
        foreach (var shard in _homes.Where(home => home.Value == leaver && !_moving.Contains(home.Key)).Select(home => home.Key).ToList()) Move(shard);
        if (leaver.HasShards || _homes.ContainsValue(leaver))
        {
            Drain(leaver);
            return;
        }
        leaver.Tell(EndMembership.Instance);
        if (_members.Contains(leaver)) PutOut(leaver, leaver.Self);
    });

    /// <summary>Null: not known now.</summary>
    public Ring? HomeOf(Ring asker, int shard)
    {
        if (Coordinator is not { } coordinator || !_members.Contains(asker) || !Reaches(asker, coordinator) || _moving.Contains(shard)) return null;
        if (_homes.TryGetValue(shard, out var home)) return home;
        if (PlanOf(coordinator)[shard] is not { } owner || _members.Find(member => member.Head.Name == owner && !member.IsLeaving) is not { } planned) return null;
        return _homes[shard] = planned;
    }

    private void Rebalance() => _world.After(Rebalancing, () =>
    {
        Rebalance();
        if (Coordinator is not { Responds: true } coordinator || _homes.Count == 0) return;
        var plan = PlanOf(coordinator);
        foreach (var (shard, home) in _homes.Where(each => plan[each.Key] is { } owner && owner != each.Value.Head.Name && !_moving.Contains(each.Key)).Take(MostMoves - _moving.Count).ToList())
            if (Reaches(coordinator, home)) Move(shard);
    });

    private void Move(int shard)
    {
        var home = _homes[shard];
        _moving.Add(shard);
        home.HandOff(shard, () => Soon(() =>
        {
            if (_homes.GetValueOrDefault(shard) != home) return;
            _homes.Remove(shard);
            _moving.Remove(shard);
        }));
    }

    private void Remove(Ring member) => Change(() =>
    {
        _members.Remove(member);
        foreach (var shard in _homes.Where(home => home.Value == member).Select(home => home.Key).ToList())
        {
            _homes.Remove(shard);
            _moving.Remove(shard);
        }
    });

    private void Change(Action change)
    {
        change();
        _plan = null;
    }

    /// <summary>As the coordinator's node knows the members, which are up here as well.</summary>
    private string?[] PlanOf(Ring coordinator)
    {
        if (_plan is not null && _world.Time.Elapsed - _plannedAt < Round) return _plan;
        var up = coordinator.Run.Members!.State.Members.Where(row => row.Status == StoredStatus.Up && _members.Any(member => member.Head.Name == row.Identity.Name && !member.IsLeaving));
        var table = _homes.ToDictionary(home => home.Key, home => new ShardRow(home.Key, home.Value.Head.Name, 0));
        _plannedAt = _world.Time.Elapsed;
        return _plan = ShardPlan.Of(ClientMessageExtractor.ShardCount, up, table);
    }

    private void Soon(Action action) => _world.After(_world.Between(0.005, 0.1), action);
}
