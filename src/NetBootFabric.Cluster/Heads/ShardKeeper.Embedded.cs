using NetBootFabric.Boot.Leases;
using NetBootFabric.Cluster.Lanes;
using NetBootFabric.Cluster.Ledger;

namespace NetBootFabric.Cluster.Heads;

/// <summary>What a head node does when shards become its own or another's: reads their leases and ledgers, answers what is open.</summary>
public sealed class ShardKeeper
{
    /// <summary>A read that failed is tried again after this, as long as the shards are this node's: what it owns it has to know.</summary>
    private static readonly TimeSpan ReadPause = TimeSpan.FromMilliseconds(200);

    private readonly ShardKeeperServices _services;
    private readonly NetBootFabric.Actors.Cluster.Cluster _cluster;
    private readonly ShardOwnership _owners;

    /// <summary>Who owned each shard before.</summary>
    private readonly Dictionary<int, string?> _before = [];
    private long _incarnation;

    public ShardKeeper(ActorSystem system, ShardKeeperServices services)
    {
        _services = services;
        _cluster = NetBootFabric.Actors.Cluster.Cluster.Get(system);
        _owners = ClusterSharding.Get(system).Ownership;
        _owners.BeforeServing(Prepare);
        _owners.Taken += OnTaken;
        _owners.Lost += OnLost;
        _cluster.BeatAccepted += _ => OnBeat();
    }

    /// <summary>How many shards became this node's, and how many of them nobody handed over.</summary>
    public event Action<int, int>? Taken;

    /// <summary>How many shards are this node's no longer.</summary>
    public event Action<int>? Lost;

    /// <summary>Leases and history first: what another head node gave is not known here for sure.</summary>
    private void Prepare(IReadOnlyList<int> shards, Action prepared)
    {
        Identify();
        Read(shards, () => _ = OpenAsync(shards, prepared));
    }

    private async Task OpenAsync(IReadOnlyList<int> shards, Action prepared)
    {
        await Task.WhenAll(shards.Select(_services.Ledgers.OpenAsync));
        prepared();
    }

    private void Read(IReadOnlyList<int> shards, Action prepared) => _services.Store.Load(shards, inventory =>
    {
        if (inventory is null)
        {
            _ = ReadAgainAsync(shards, prepared);
            return;
        }
        _services.Replica.Adopt(shards, inventory);
        prepared();
    });

    private async Task ReadAgainAsync(IReadOnlyList<int> shards, Action prepared)
    {
        await Task.Delay(ReadPause, _services.Time);
        var still = shards.Where(_owners.Owns).ToList();
        if (still.Count > 0) Read(still, prepared);
        else prepared();
    }

    private void OnTaken(IReadOnlyList<int> shards)
    {
        Identify();
        var orphans = shards.Where(shard => _before.GetValueOrDefault(shard) is not { } owner || !_services.Membership.IsAlive(owner)).ToList();
        _services.Lane.Inherit(orphans);
        Taken?.Invoke(shards.Count, orphans.Count);
        Note();
    }

    private void OnLost(IReadOnlyList<int> shards)
    {
        _services.Lane.Lose(shards);
        foreach (var shard in shards) _services.Ledgers.Drop(shard);
        Lost?.Invoke(shards.Count);
    }

    private void OnBeat()
    {
        Identify();
        Note();
    }

    private void Note()
    {
        foreach (var shard in _owners.Table) _before[shard.Shard] = shard.Owner;
    }

    private void Identify()
    {
        if (_cluster.SelfIncarnation is not (> 0 and var incarnation) || incarnation == _incarnation) return;
        _incarnation = incarnation;
        _services.Identify(incarnation);
    }
}

/// <summary>What a <see cref="ShardKeeper"/> uses of its head node.</summary>
public sealed record ShardKeeperServices
{
    public required FabricMembership Membership { get; init; }
    public required ILeaseStore Store { get; init; }
    public required ILeaseReplica Replica { get; init; }
    public required DhcpLane Lane { get; init; }
    public required Ledgers Ledgers { get; init; }
    public required TimeProvider Time { get; init; }

    /// <summary>What is written from now on is written as this incarnation.</summary>
    public required Action<long> Identify { get; init; }
}
