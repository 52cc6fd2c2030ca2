using NetBootFabric.Boot.Membership;

namespace NetBootFabric.Actors.Cluster.Daemon;

/// <summary>A heartbeat is due.</summary>
internal sealed class Heartbeat
{
    public static readonly Heartbeat Instance = new();
}

/// <summary>The store answered.</summary>
internal sealed record CallEnded(Action Handle);

internal sealed record FenceMember(MemberRow Member);

/// <summary>A shard under the epoch that it was taken under.</summary>
internal readonly record struct HeldShard(int Shard, long Epoch);

/// <summary>To a region: stop the entities of these shards. With <paramref name="Asks"/> by the hand-off message, and answer with <see cref="ShardsStopped"/>; else at once, without an answer.</summary>
internal sealed record StopShards(IReadOnlyList<HeldShard> Shards, bool Asks);

/// <summary>From a region: none of its entities of these shards is left.</summary>
internal sealed record ShardsStopped(IReadOnlyList<HeldShard> Shards);

/// <summary>Entities did not stop in time.</summary>
internal sealed record HandOffDue(IReadOnlyList<HeldShard> Shards);

/// <summary>One preparation of the batch is done.</summary>
internal sealed record Prepared(long Batch);

internal sealed record PreparationDue(long Batch);
