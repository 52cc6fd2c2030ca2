using System.Globalization;
using NetBootFabric.Boot.Membership;

namespace NetBootFabric.Actors.Cluster.Sharding;

/// <summary>
/// Which shards this node owns, under which epoch. The store's table is the truth; what is known of it here is good for a part of the time after which others may
/// fence this node, so that a node that was paused or cut off finds by itself that it owns nothing. In a cluster of one everything is owned, under epoch 0.
/// </summary>
public sealed class ShardOwnership
{
    private readonly TimeProvider _time;
    private readonly ILoggingAdapter _log;
    private readonly bool _isAlone;
    private readonly string? _self;
    private readonly List<Action<IReadOnlyList<int>, Action>> _preparations = [];
    private volatile ShardMap _map = ShardMap.Empty;
    private long _validUntil = long.MinValue;

    internal ShardOwnership(TimeProvider time, ILoggingAdapter log, ClusterSetup? setup)
    {
        _time = time;
        _log = log;
        _isAlone = setup is null;
        _self = setup?.Identity.Name;
        Shards = setup?.Shards ?? 0;
    }

    /// <summary>The shards' number; 0 in a cluster of one.</summary>
    public int Shards { get; }

    /// <summary>False: what was owned is not, until a beat is accepted.</summary>
    public bool IsCurrent => _isAlone || _time.GetTimestamp() < Volatile.Read(ref _validUntil);

    /// <summary>All shards that ever had an owner, as last read. Empty in a cluster of one.</summary>
    public IReadOnlyList<ShardRow> Table => _map.Rows;

    /// <summary>Raised in the membership's actor when shards became this node's, before any message reaches an entity of them.</summary>
    public event Action<IReadOnlyList<int>>? Taken;

    /// <summary>Raised in the membership's actor when shards ceased to be this node's; those whose epoch changed are lost, then taken.</summary>
    public event Action<IReadOnlyList<int>>? Lost;

    public bool Owns(string shardId) => _isAlone || (TryParse(shardId, out var shard) && Owns(shard));

    public bool Owns(int shard) => EpochOf(shard) >= 0;

    /// <summary>-1: not owned.</summary>
    public long EpochOf(string shardId) => _isAlone ? 0 : TryParse(shardId, out var shard) ? EpochOf(shard) : ShardMap.NotOwned;

    public long EpochOf(int shard)
    {
        if (_isAlone) return 0;
        var epoch = _map.EpochOf(shard);
        return epoch < 0 || IsCurrent ? epoch : ShardMap.NotOwned;
    }

    /// <summary>The owner's member name; null: nobody who lives, or a cluster of one.</summary>
    public string? OwnerOf(string shardId) => TryParse(shardId, out var shard) ? OwnerOf(shard) : null;

    public string? OwnerOf(int shard)
    {
        var map = _map;
        return map.EpochOf(shard) >= 0 ? _self : map.OtherOwnerOf(shard);
    }

    /// <summary>
    /// Called, in the membership's actor, with shards that became this node's. Messages to their entities wait until each preparation has called its action, on
    /// any thread, but no longer than <see cref="ClusterSetup.PreparationTimeout"/>.
    /// </summary>
    public void BeforeServing(Action<IReadOnlyList<int>, Action> prepare)
    {
        lock (_preparations) _preparations.Add(prepare);
    }

    internal ShardMap Map
    {
        get => _map;
        set => _map = value;
    }

    /// <summary>What is known is good until that timestamp.</summary>
    internal long ValidUntil
    {
        get => Volatile.Read(ref _validUntil);
        set => Volatile.Write(ref _validUntil, value);
    }

    internal IReadOnlyList<Action<IReadOnlyList<int>, Action>> Preparations
    {
        get
        {
            lock (_preparations) return [.. _preparations];
        }
    }

    internal void RaiseTaken(IReadOnlyList<int> shards) => Raise(Taken, shards);

    internal void RaiseLost(IReadOnlyList<int> shards) => Raise(Lost, shards);

    internal static bool TryParse(string shardId, out int shard) => int.TryParse(shardId, NumberStyles.None, CultureInfo.InvariantCulture, out shard);

    private void Raise(Action<IReadOnlyList<int>>? listeners, IReadOnlyList<int> shards)
    {
        if (shards.Count == 0 || listeners is null) return;
        foreach (var listener in Delegate.EnumerateInvocationList(listeners))
        {
            try
            {
                listener(shards);
            }
            catch (Exception failure)
            {
                _log.Error(failure, "A listener to the shards' ownership threw");
            }
        }
    }
}
