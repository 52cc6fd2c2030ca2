using NetBootFabric.Boot.Membership;

namespace NetBootFabric.Testing.Membership;

/// <summary>
/// The store of a cluster in memory, for tests and simulations, and the model of what each store has to do. One of it is the database; each node has a
/// connection of its own.
/// </summary>
public sealed class InMemoryClusterStore(TimeProvider? time = null)
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly SortedDictionary<string, MemberRow> _members = new(StringComparer.Ordinal);
    private readonly SortedDictionary<int, ShardRow> _shards = [];
    private long _incarnations;

    /// <summary>While true, no node gets through: calls fail.</summary>
    public bool IsDown { get; set; }

    public IReadOnlyList<MemberRow> Members
    {
        get
        {
            lock (_gate) return [.. _members.Values];
        }
    }

    public IReadOnlyList<ShardRow> Shards
    {
        get
        {
            lock (_gate) return [.. _shards.Values];
        }
    }

    /// <summary>A node's way to the database.</summary>
    public InMemoryClusterConnection Connect() => new(this, _time);

    /// <summary>The epoch that a write for the shard needs, and by whom; null: the shard never had an owner.</summary>
    public ShardRow? Find(int shard)
    {
        lock (_gate) return _shards.TryGetValue(shard, out var row) ? row : null;
    }

    /// <summary>True when a write of the incarnation would be done.</summary>
    public bool IsAccepted(string member, long incarnation)
    {
        lock (_gate) return Accepted(member, incarnation) is not null;
    }

    internal long Join(MemberIdentity member)
    {
        lock (_gate)
        {
            var incarnation = ++_incarnations;
            _members[member.Name] = new MemberRow(member, incarnation, StoredStatus.Joining, 0) { Joined = incarnation };
            foreach (var row in OwnedBy(member.Name)) _shards[row.Shard] = row with { Epoch = row.Epoch + 1 };
            return incarnation;
        }
    }

    internal ClusterView Beat(string member, long incarnation, StoredStatus status)
    {
        lock (_gate)
        {
            var row = Accepted(member, incarnation);
            if (row is not null) _members[member] = row with { Status = status, Beat = row.Beat + 1 };
            return new ClusterView(row is not null, _time.GetUtcNow(), [.. _members.Values], [.. _shards.Values]);
        }
    }

    internal bool Fence(string member, long incarnation, long beat)
    {
        lock (_gate)
        {
            if (Accepted(member, incarnation) is not { } row || row.Beat > beat) return false;
            _members[member] = row with { Status = StoredStatus.Unreachable };
            return true;
        }
    }

    internal IReadOnlyList<ShardRow> Acquire(string member, long incarnation, IReadOnlyList<int> shards) => Take(member, incarnation, shards, withOwn: true);

    internal IReadOnlyList<ShardRow> Release(string member, long incarnation, IReadOnlyList<ShardRow> shards) => HandOver(member, incarnation, shards, null);

    internal IReadOnlyList<ShardRow> Take(string member, long incarnation, IReadOnlyList<int> shards, bool withOwn = false)
    {
        lock (_gate)
        {
            if (Accepted(member, incarnation) is null) return [];
            var taken = new List<ShardRow>();
            foreach (var shard in shards)
            {
                var row = _shards.GetValueOrDefault(shard, new ShardRow(shard, null, 0));
                if (!(withOwn && row.Owner == member) && row.Owner is { } owner && _members.TryGetValue(owner, out var holder) && holder.Lives) continue;
                taken.Add(_shards[shard] = new ShardRow(shard, member, row.Epoch + 1));
            }
            return taken;
        }
    }

    internal IReadOnlyList<ShardRow> HandOver(string member, long incarnation, IReadOnlyList<ShardRow> shards, string? to)
    {
        lock (_gate)
        {
            if (Accepted(member, incarnation) is null) return [];
            var given = new List<ShardRow>();
            foreach (var asked in shards)
            {
                if (!_shards.TryGetValue(asked.Shard, out var row) || row.Owner != member || row.Epoch != asked.Epoch) continue;
                given.Add(_shards[asked.Shard] = new ShardRow(asked.Shard, to, row.Epoch + 1));
            }
            return given;
        }
    }

    internal void Leave(string member, long incarnation)
    {
        lock (_gate)
        {
            if (Accepted(member, incarnation) is not { } row) return;
            _members[member] = row with { Status = StoredStatus.Gone };
            foreach (var shard in OwnedBy(member)) _shards[shard.Shard] = shard with { Owner = null, Epoch = shard.Epoch + 1 };
        }
    }

    private MemberRow? Accepted(string member, long incarnation) =>
        _members.TryGetValue(member, out var row) && row.Incarnation == incarnation && row.Lives ? row : null;

    private List<ShardRow> OwnedBy(string member) => [.. _shards.Values.Where(row => row.Owner == member)];
}
