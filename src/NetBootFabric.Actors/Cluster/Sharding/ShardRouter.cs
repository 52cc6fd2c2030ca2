using System.Diagnostics.CodeAnalysis;

namespace NetBootFabric.Actors.Cluster.Sharding;

/// <summary>
/// The way of an entity's message in a cluster: to the entity when its shard is served here, to the owner's region in one frame, and into a bounded buffer as long as
/// nobody serves it. A message is passed on twice at most, so that it can't go round between nodes that do not agree yet.
/// </summary>
internal sealed class ShardRouter(ActorSystemImpl system, ShardOwnership ownership, ClusterSetup setup, EntityTable table, string region, Action<string, object, IActorRef?> deliver)
{
    private const byte MaxHops = 2;

    private readonly Slot[] _slots = [.. Enumerable.Range(0, setup.Shards).Select(static _ => new Slot())];
    private readonly long _bufferStamps = (long)(setup.BufferTime.TotalSeconds * system.TimeProvider.TimestampFrequency);

    /// <summary>The entities of the shard may be started here.</summary>
    public bool Serves(string shardId) => ShardOwnership.TryParse(shardId, out var shard) && ownership.Map.IsOpen(shard);

    public void Route(Parcel parcel)
    {
        if (!ShardOwnership.TryParse(table.ShardOf(parcel.Entity), out var shard) || (uint)shard >= (uint)_slots.Length)
        {
            system.Log.Error("The message extractor of [{0}] names a shard that is none of {1}", table.Type.Name, _slots.Length);
            table.Drop(parcel.Message, parcel.Sender);
            return;
        }
        var slot = _slots[shard];
        if (slot.Count > 0 || !TryPass(shard, parcel)) Hold(slot, shard, parcel);
    }

    /// <summary>Passes on what can be passed on now; what waits for too long becomes dead letters.</summary>
    public void Sweep()
    {
        for (var shard = 0; shard < _slots.Length; shard++)
        {
            if (_slots[shard].Count > 0) Sweep(_slots[shard], shard);
        }
    }

    private void Sweep(Slot slot, int shard)
    {
        var now = system.TimeProvider.GetTimestamp();
        lock (slot)
        {
            for (var left = slot.Waiting.Count; left > 0; left--)
            {
                var (parcel, since) = slot.Waiting.Dequeue();
                var isPassed = TryPass(shard, parcel);
                if (!isPassed && now - since < _bufferStamps)
                {
                    slot.Waiting.Enqueue((parcel, since));
                    continue;
                }
                table.FreeBufferSpace();
                if (!isPassed) table.Drop(parcel.Message, parcel.Sender);
            }
            slot.Count = slot.Waiting.Count;
        }
    }

    private void Hold(Slot slot, int shard, Parcel parcel)
    {
        lock (slot)
        {
            if (slot.Waiting.Count == 0 && TryPass(shard, parcel)) return;
            if (!table.TakeBufferSpace())
            {
                table.Drop(parcel.Message, parcel.Sender);
                return;
            }
            slot.Waiting.Enqueue((parcel, system.TimeProvider.GetTimestamp()));
            slot.Count = slot.Waiting.Count;
        }
    }

    /// <summary>False: nobody serves it as far as is known here, or whoever passed it on says that this node does.</summary>
    private bool TryPass(int shard, Parcel parcel)
    {
        var map = ownership.Map;
        if (map.EpochOf(shard) >= 0)
        {
            if (!map.IsOpen(shard) || !ownership.IsCurrent) return false;
            deliver(parcel.Entity, parcel.Message, parcel.Sender);
            return true;
        }
        var owner = map.OtherOwnerOf(shard);
        if (owner is null || owner == parcel.From) return false;
        if (parcel.Hops < MaxHops) return Forward(owner, parcel);
        table.Drop(parcel.Message, parcel.Sender);
        return true;
    }

    [SuppressMessage("Style", "IDE0072", Justification = "Sent and Unsendable are both settled")]
    private bool Forward(string owner, Parcel parcel)
    {
        var outcome = system.Remoting!.SendToEntity(owner, (byte)(parcel.Hops + 1), region, parcel.Entity, parcel.Message, parcel.Sender);
        if (outcome == Remote.SendOutcome.Unsendable) table.Drop(parcel.Message, parcel.Sender);
        return outcome != Remote.SendOutcome.Refused;
    }

    private sealed class Slot
    {
        public readonly Queue<(Parcel Parcel, long Since)> Waiting = new();

        /// <summary>As many wait; read without the lock.</summary>
        public volatile int Count;
    }
}

/// <summary>A message for an entity.</summary>
/// <param name="Hops">How often it was passed on between nodes.</param>
/// <param name="From">The member that passed it on last; null: told here.</param>
internal readonly record struct Parcel(string Entity, object Message, IActorRef? Sender, byte Hops = 0, string? From = null);
