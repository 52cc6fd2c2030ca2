using NetBootFabric.Actors.Cluster.Sharding;
using NetBootFabric.Boot.Membership;

namespace NetBootFabric.Actors.Cluster.Daemon;

internal sealed partial class ClusterDaemon
{
    private readonly Dictionary<int, ShardHolding> _held = [];
    private readonly Dictionary<long, (List<HeldShard> Shards, int Pending)> _preparing = [];
    private string?[] _plan = new string?[setup.Shards];
    private List<int> _toTake = [];
    private long _batch;

    private bool MayLeave => _leaves && _members.TryGetValue(_name, out var own) && own.Status == StoredStatus.Leaving && _held.Values.All(static held => held.Phase == HoldingPhase.Stopped);

    /// <summary>Compares what is held with what the store says.</summary>
    private void Reconcile()
    {
        var lost = _held.Values.Where(held => !_rows.TryGetValue(held.Shard, out var row) || row.Owner != _name || row.Epoch != held.Epoch).Select(static held => held.Shard).ToList();
        foreach (var shard in lost) Drop(shard);
        var taken = _rows.Values.Where(row => row.Owner == _name && (uint)row.Shard < (uint)setup.Shards && !_held.ContainsKey(row.Shard)).ToList();
        NoteLost(lost);
        Acquire(taken);
    }

    private void Acquire(IReadOnlyList<ShardRow> rows)
    {
        if (rows.Count == 0) return;
        var preparations = _ownership.Preparations;
        foreach (var row in rows) _held[row.Shard] = new ShardHolding(row.Shard, row.Epoch);
        PublishMap();
        var shards = rows.Select(static row => row.Shard).ToList();
        _ownership.RaiseTaken(shards);
        var batch = ++_batch;
        _preparing[batch] = (rows.Select(static row => new HeldShard(row.Shard, row.Epoch)).ToList(), preparations.Count);
        if (preparations.Count == 0) Open(batch);
        else Timers.StartSingleTimer($"{nameof(PreparationDue)}-{batch}", new PreparationDue(batch), setup.PreparationTimeout);
        foreach (var prepare in preparations) Prepare(prepare, shards, batch);
    }

    private void Prepare(Action<IReadOnlyList<int>, Action> prepare, IReadOnlyList<int> shards, long batch)
    {
        var self = Self;
        var done = 0;
        try
        {
            prepare(shards, () =>
            {
                if (Interlocked.Exchange(ref done, 1) == 0) self.Tell(new Prepared(batch), ActorRefs.NoSender);
            });
        }
        catch (Exception failure)
        {
            system.Log.Error(failure, "A preparation of taken shards threw");
        }
    }

    private void OnPrepared(long batch)
    {
        if (!_preparing.TryGetValue(batch, out var preparing)) return;
        _preparing[batch] = preparing with { Pending = preparing.Pending - 1 };
        if (preparing.Pending <= 1) Open(batch);
    }

    /// <summary>Prepared or not, they are served from now on.</summary>
    private void Open(long batch)
    {
        Timers.Cancel($"{nameof(PreparationDue)}-{batch}");
        if (!_preparing.Remove(batch, out var preparing)) return;
        if (preparing.Pending > 0) system.Log.Warning("Shards are served before they were prepared: {0}", preparing.Shards.Count);
        foreach (var held in preparing.Shards)
        {
            if (Find(held) is { Phase: HoldingPhase.Preparing } holding) holding.Phase = HoldingPhase.Serving;
        }
        PublishMap();
        cluster.SweepRegions();
    }

    private void Drop(int shard) => _held.Remove(shard);

    private void NoteLost(IReadOnlyList<int> shards)
    {
        if (shards.Count == 0) return;
        PublishMap();
        cluster.TellRegions(new StopShards([.. shards.Select(static shard => new HeldShard(shard, ShardMap.NotOwned))], Asks: false), Self);
        _ownership.RaiseLost(shards);
    }

    private void LoseAll()
    {
        _ownership.ValidUntil = long.MinValue;
        _holdsOn = false;
        var lost = _held.Keys.Order().ToList();
        _held.Clear();
        NoteLost(lost);
    }

    /// <summary>Begins what leads from the owners of now to those that the plan wants.</summary>
    private void MoveShards()
    {
        _plan = ShardPlan.Of(setup.Shards, _members.Values, _rows, setup.Role);
        _toTake = [];
        var isUp = _members.TryGetValue(_name, out var own) && own.Status == StoredStatus.Up;
        var toStop = new List<ShardHolding>();
        for (var shard = 0; shard < setup.Shards; shard++)
        {
            var isWanted = _plan[shard] == _name && !_leaves;
            if (!_held.TryGetValue(shard, out var held))
            {
                if (isWanted && isUp && IsFree(shard)) _toTake.Add(shard);
            }
            else if (isWanted && held.Phase == HoldingPhase.Stopped) held.Phase = HoldingPhase.Serving;
            else if (!isWanted && held.Phase is HoldingPhase.Preparing or HoldingPhase.Serving && (_leaves || (isUp && _plan[shard] is not null))) toStop.Add(held);
        }
        PublishMap();
        BeginHandOff(toStop);
    }

    // Who was fenced while it lived, by an operator or by mistake, may believe in its shards until its last beat is too old.
    private bool IsFree(int shard)
    {
        if (!_rows.TryGetValue(shard, out var row) || row.Owner is not { } owner || !_members.TryGetValue(owner, out var member)) return true;
        return !member.Lives && (member.Status == StoredStatus.Gone || _detector.WasQuietFor(owner, setup.Validity));
    }

    private void Take()
    {
        var shards = _toTake;
        _toTake = [];
        Call(ended => setup.Store.Take(_name, _incarnation, shards, (rows, failure) => ended(failure, () =>
        {
            foreach (var row in rows) _rows[row.Shard] = row;
            Acquire([.. rows.Where(row => row.Owner == _name)]);
        })));
    }

    private ShardHolding? Find(HeldShard shard) => _held.TryGetValue(shard.Shard, out var held) && held.Epoch == shard.Epoch ? held : null;

    private void PublishMap() => _ownership.Map = new ShardMap(setup.Shards, [.. _rows.Values.OrderBy(static row => row.Shard)], _held,
        _members.Values.Where(row => row.Lives && row.Identity.Name != _name).Select(static row => row.Identity.Name).ToHashSet());
}
