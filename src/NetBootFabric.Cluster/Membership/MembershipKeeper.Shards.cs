using NetBootFabric.Boot.Membership;
using NetBootFabric.Cluster.Messages;

namespace NetBootFabric.Cluster.Membership;

// A shard begins once the store has given it to this node under a new epoch, and its leases are read. Akka's coordinator decides where it begins, the store whether it may.
internal sealed partial class MembershipKeeper
{
    /// <summary>Until a shard that somebody still gives back, or whose owner is not fenced yet, is asked for again.</summary>
    private static readonly TimeSpan AcquirePause = TimeSpan.FromMilliseconds(25);

    /// <summary>Its clients wait for it, and history is not worth more than that.</summary>
    private static readonly TimeSpan CloseTime = TimeSpan.FromMilliseconds(500);

    /// <summary>Then the shard is told no, and asks again by itself.</summary>
    private static readonly TimeSpan AcquireTime = TimeSpan.FromSeconds(5);

    private readonly Dictionary<int, (AcquireShard Asked, long Since)> _wishes = [];
    private readonly Dictionary<int, Holding> _held = [];
    private readonly Dictionary<int, ShardRow> _toRelease = [];

    /// <summary>They have stopped here; what is unwritten of them is written before they are given back.</summary>
    private readonly Dictionary<int, ShardRow> _closing = [];
    private readonly Dictionary<long, List<Holding>> _preparing = [];
    private readonly List<int> _lost = [];

    /// <summary>Who had it when it was last somebody's.</summary>
    private readonly Dictionary<int, string> _lastOwners = [];
    private bool _acquireDue;
    private long _batch;

    private void Wish(AcquireShard asked)
    {
        if (_hasEnded)
        {
            asked.Done.TrySetResult(false);
            return;
        }
        if (_wishes.TryGetValue(asked.Shard, out var earlier)) earlier.Asked.Done.TrySetResult(false);
        _wishes[asked.Shard] = (asked, Now);
        _acquireDue = true;
    }

    private void Acquire()
    {
        _acquireDue = false;
        var shards = _wishes.Keys.Order().ToList();
        foreach (var shard in shards)
        {
            _toRelease.Remove(shard);
            _closing.Remove(shard); // it comes back: its ledger is opened again once it is closed
        }
        Call(ended => _store.Acquire(_name, _incarnation, shards, (rows, failure) => ended(failure, () => Acquired(rows))));
    }

    private void Acquired(IReadOnlyList<ShardRow> rows)
    {
        var orphans = rows.Select(static row => row.Shard).Where(shard => !HasLivingOwner(shard)).ToList();
        var begun = new List<Holding>();
        foreach (var row in rows)
        {
            _rows[row.Shard] = row;
            if (_wishes.Remove(row.Shard, out var wish)) begun.Add(Hold(row, wish.Asked));
            else _toRelease[row.Shard] = row; // it does not want it any more
        }
        if (begun.Count > 0) Begin(begun, orphans);
        AskAgain();
    }

    private void AskAgain()
    {
        foreach (var (shard, wish) in _wishes.Where(each => Now - each.Value.Since > Stamps(AcquireTime)).ToList())
        {
            _wishes.Remove(shard);
            wish.Asked.Done.TrySetResult(false);
        }
        if (_wishes.Count > 0 && !_acquireDue) Timers.StartSingleTimer(nameof(AcquireAgain), AcquireAgain.Instance, AcquirePause);
    }

    /// <summary>The one who gives a shard back lives, and passes on what it hears; nobody does so for a dead one.</summary>
    private bool HasLivingOwner(int shard) =>
        (_rows.GetValueOrDefault(shard).Owner ?? _lastOwners.GetValueOrDefault(shard)) is { } owner && _members.TryGetValue(owner, out var row) && row.Status is StoredStatus.Up or StoredStatus.Leaving;

    private Holding Hold(ShardRow row, AcquireShard asked)
    {
        if (_held.Remove(row.Shard, out var earlier)) earlier.Asked.Done.TrySetResult(false);
        _state.Own(row.Shard, row.Epoch);
        return _held[row.Shard] = new Holding(row, asked);
    }

    private void Begin(List<Holding> begun, IReadOnlyList<int> orphans)
    {
        var shards = begun.ConvertAll(static held => held.Row.Shard);
        _state.RaiseTaken(shards, orphans);
        Publish();
        var batch = ++_batch;
        _preparing[batch] = begun;
        Timers.StartSingleTimer($"{nameof(PreparationDue)}-{batch}", new PreparationDue(batch), _setup.PreparationTimeout);
        Prepare(shards, batch);
    }

    private void Prepare(IReadOnlyList<int> shards, long batch)
    {
        var self = Self;
        try
        {
            if (_state.Prepare is { } prepare) prepare(shards, () => self.Tell(new Prepared(batch), ActorRefs.NoSender));
            else Serve(batch, isPrepared: true);
        }
        catch (Exception failure)
        {
            _log.Error(failure, "a preparation of taken shards threw");
        }
    }

    /// <summary>Prepared or not, they are served from now on.</summary>
    private void Serve(long batch, bool isPrepared)
    {
        Timers.Cancel($"{nameof(PreparationDue)}-{batch}");
        if (!_preparing.Remove(batch, out var begun)) return;
        if (!isPrepared) _log.Warning("{0} shards are served before they were prepared", begun.Count);
        foreach (var held in begun) held.Asked.Done.TrySetResult(_held.GetValueOrDefault(held.Row.Shard) == held);
    }

    private void GiveUp(int shard)
    {
        if (_wishes.Remove(shard, out var wish)) wish.Asked.Done.TrySetResult(false);
        if (!_held.Remove(shard, out var held)) return;
        _state.Disown(shard);
        held.Asked.Done.TrySetResult(false);
        Close(held.Row);
    }

    private void Close(ShardRow row)
    {
        var self = Self;
        _closing[row.Shard] = row;
        Timers.StartSingleTimer($"{nameof(ShardClosed)}-{row.Shard}", new ShardClosed(row), CloseTime);
        try
        {
            if (_state.Close is { } close) close(row.Shard, () => self.Tell(new ShardClosed(row), ActorRefs.NoSender));
            else OnClosed(row);
        }
        catch (Exception failure)
        {
            _log.Error(failure, "the closing of a shard threw");
        }
    }

    /// <summary>Closed or not, it is given back now.</summary>
    private void OnClosed(ShardRow row)
    {
        if (!_closing.TryGetValue(row.Shard, out var closing) || closing != row) return;
        Timers.Cancel($"{nameof(ShardClosed)}-{row.Shard}");
        _closing.Remove(row.Shard);
        _toRelease[row.Shard] = row;
        Lose(row.Shard);
    }

    private void Release()
    {
        var rows = _toRelease.Values.ToList();
        _toRelease.Clear();
        Call(ended => _store.Release(_name, _incarnation, rows, (released, failure) => ended(failure, () => Released(rows, released))));
    }

    private void Released(IReadOnlyList<ShardRow> asked, IReadOnlyList<ShardRow> released)
    {
        foreach (var row in released) _rows[row.Shard] = row;
        if (released.Count < asked.Count) _beatDue = true;
        TellOthers(LookAtOnce.Instance);
    }

    /// <summary>Compares what is held with what the store says.</summary>
    private void Reconcile()
    {
        foreach (var row in _rows.Values)
            if (row.Owner is { } owner) _lastOwners[row.Shard] = owner;
        foreach (var held in _held.Values.Where(held => !_rows.TryGetValue(held.Row.Shard, out var row) || row != held.Row).ToList()) Lose(held, "the store has given it to another");
        // From an earlier incarnation, or an answer was lost: nobody uses it here.
        foreach (var row in _rows.Values.Where(row => row.Owner == _name && !_held.ContainsKey(row.Shard) && !_wishes.ContainsKey(row.Shard) && !_closing.ContainsKey(row.Shard))) _toRelease[row.Shard] = row;
    }

    private void LoseAll(string reason)
    {
        _state.ValidUntil = long.MinValue;
        _holdsOn = false;
        foreach (var wish in _wishes.Values) wish.Asked.Done.TrySetResult(false);
        _wishes.Clear();
        _toRelease.Clear();
        foreach (var shard in _closing.Keys) Lose(shard);
        _closing.Clear();
        foreach (var held in _held.Values.ToList()) Lose(held, reason);
        NoteLost();
    }

    private void Lose(Holding held, string reason)
    {
        _held.Remove(held.Row.Shard);
        _state.Disown(held.Row.Shard);
        held.Asked.Done.TrySetResult(false);
        held.Asked.Lost(new ShardLostException($"shard {held.Row.Shard} is this head node's no longer: {reason}"));
        Lose(held.Row.Shard);
    }

    /// <summary>Those that go together are told of together.</summary>
    private void Lose(int shard)
    {
        _lost.Add(shard);
        if (_lost.Count == 1) Self.Tell(TellLost.Instance, ActorRefs.NoSender);
    }

    private void NoteLost()
    {
        if (_lost.Count == 0) return;
        var lost = _lost.ToList();
        _lost.Clear();
        _state.RaiseLost(lost);
    }

    /// <summary>Nobody may ask for a client of theirs for a while, and all the same broadcasts are to be answered: they begin without being asked for.</summary>
    private void WakeOrphans()
    {
        if (!_isUp || _leaves || _hasEnded) return;
        var plan = ShardPlan.Of(ClientMessageExtractor.ShardCount, _members.Values, _rows, FabricRegion.Role);
        var wanted = Enumerable.Range(0, plan.Length).Where(shard => plan[shard] == _name && !_held.ContainsKey(shard) && !_wishes.ContainsKey(shard) && IsFree(shard)).ToList();
        if (wanted.Count > 0) _state.RaiseWanted(wanted);
    }

    private bool IsFree(int shard) => _rows.GetValueOrDefault(shard).Owner is not { } owner || !_members.TryGetValue(owner, out var member) || !member.Lives || owner == _name;

    private sealed record Holding(ShardRow Row, AcquireShard Asked)
    {
        public bool Equals(Holding? other) => ReferenceEquals(this, other);

        public override int GetHashCode() => Row.Shard;
    }
}

/// <summary>Why a shard's lease is lost.</summary>
public sealed class ShardLostException(string message) : Exception(message);
