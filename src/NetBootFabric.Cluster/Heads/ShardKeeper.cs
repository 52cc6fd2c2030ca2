using NetBootFabric.Boot.Leases;
using NetBootFabric.Cluster.Lanes;
using NetBootFabric.Cluster.Membership;
using NetBootFabric.Cluster.Messages;

namespace NetBootFabric.Cluster.Heads;

/// <summary>What a head node does when shards become its own or another's: reads their leases, opens their ledgers, answers what is open.</summary>
public sealed class ShardKeeper
{
    /// <summary>A read that failed is tried again after this, as long as the shards are this node's: what it owns it has to know.</summary>
    private static readonly TimeSpan ReadPause = TimeSpan.FromMilliseconds(200);

    private readonly ShardKeeperServices _services;
    private readonly MembershipState _state;
    private long _incarnation;

    public ShardKeeper(ShardKeeperServices services)
    {
        _services = services;
        _state = services.Membership.State;
        _state.Prepare = Prepare;
        _state.Close = Close;
        _state.Taken += OnTaken;
        _state.Lost += OnLost;
        _state.Wanted += OnWanted;
        _state.Beaten += Identify;
    }

    /// <summary>How many shards became this node's, and how many of them nobody handed over.</summary>
    public event Action<int, int>? Taken;

    /// <summary>How many shards are this node's no longer.</summary>
    public event Action<int>? Lost;

    /// <summary>Leases first: what another head node gave is not known here for sure.</summary>
    private void Prepare(IReadOnlyList<int> shards, Action prepared)
    {
        Identify();
        _ = PrepareAsync(shards, prepared);
    }

    private async Task PrepareAsync(IReadOnlyList<int> shards, Action prepared)
    {
        var ledgers = Task.WhenAll(shards.Select(_services.OpenLedger));
        await ReadAsync(shards).ConfigureAwait(false);
        await ledgers.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // a client whose history can't be read boots all the same
        prepared();
    }

    /// <summary>Its next owner reads what is written by then.</summary>
    private void Close(int shard, Action closed) => _ = CloseAsync(shard, closed);

    private async Task CloseAsync(int shard, Action closed)
    {
        await _services.CloseLedger(shard).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        closed();
    }

    private async Task ReadAsync(IReadOnlyList<int> shards)
    {
        while (true)
        {
            var read = new TaskCompletionSource<LeaseInventory?>();
            _services.Store.Load(shards, read.SetResult);
            if (await read.Task.ConfigureAwait(false) is { } inventory)
            {
                _services.Replica.Adopt(shards, inventory);
                return;
            }
            await Task.Delay(ReadPause, _services.Time).ConfigureAwait(false);
            shards = [.. shards.Where(_state.Owns)];
            if (shards.Count == 0) return;
        }
    }

    private void OnTaken(IReadOnlyList<int> shards, IReadOnlyList<int> orphans)
    {
        Identify();
        _services.Lane.Inherit(orphans);
        Taken?.Invoke(shards.Count, orphans.Count);
    }

    private void OnLost(IReadOnlyList<int> shards)
    {
        _services.Lane.Lose(shards);
        foreach (var shard in shards) _services.DropLedger(shard);
        Lost?.Invoke(shards.Count);
    }

    private void OnWanted(IReadOnlyList<int> shards)
    {
        foreach (var shard in shards) _services.Region.Tell(new StartShard(shard), ActorRefs.NoSender);
    }

    private void Identify()
    {
        if (_state.Incarnation is not (> 0 and var incarnation) || incarnation == _incarnation) return;
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
    public required IActorRef Region { get; init; }
    public required TimeProvider Time { get; init; }

    /// <summary>What is written from now on is written as this incarnation.</summary>
    public required Action<long> Identify { get; init; }

    /// <summary>Completes once a shard's history is read.</summary>
    public Func<int, Task> OpenLedger { get; init; } = static _ => Task.CompletedTask;

    /// <summary>The shard is about to be given to another head node: completes once what is unwritten of its history is written.</summary>
    public Func<int, Task> CloseLedger { get; init; } = static _ => Task.CompletedTask;

    /// <summary>The shard's history is another head node's, which shows its clients; comes back at once.</summary>
    public Action<int> DropLedger { get; init; } = static _ => { };
}
