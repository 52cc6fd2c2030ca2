namespace NetBootFabric.Actors.Persistence.Store;

/// <summary>
/// Where the embedded engine keeps events and snapshots. The store groups what many actors write into one commit.
/// Calls return at once; a completion runs exactly once, on any thread, after the commit (null) or with the reason it failed.
/// A persistence id's calls take effect in the order made.
/// </summary>
public interface IJournalStore
{
    /// <summary>Appends events whose sequence numbers follow each other. All are durable before <paramref name="completed"/> runs with null, or none is.</summary>
    void Append(string persistenceId, IReadOnlyList<StoredItem> events, Action<Exception?> completed);

    /// <summary>The newest snapshot, if any, and every event after it, oldest first.</summary>
    void Recover(string persistenceId, Action<Recovered?, Exception?> completed);

    /// <summary>Stores a snapshot; one per sequence number, the newest wins.</summary>
    void SaveSnapshot(string persistenceId, StoredItem snapshot, Action<Exception?> completed);

    /// <summary>Deletes events up to and including <paramref name="toSequenceNr"/>; the highest sequence number stays remembered.</summary>
    void DeleteEvents(string persistenceId, long toSequenceNr, Action<Exception?> completed);

    /// <summary>Deletes snapshots up to and including <paramref name="toSequenceNr"/>.</summary>
    void DeleteSnapshots(string persistenceId, long toSequenceNr, Action<Exception?> completed);
}

/// <summary>A serialized event or snapshot. <see cref="Timestamp"/> is UTC ticks.</summary>
public readonly record struct StoredItem(long SequenceNr, int SerializerId, string Manifest, ReadOnlyMemory<byte> Payload, long Timestamp);

/// <summary>What <see cref="IJournalStore.Recover"/> found. <see cref="HighestSequenceNr"/> is 0 for an id never written, and counts deleted events too.</summary>
public sealed record Recovered(StoredItem? Snapshot, IReadOnlyList<StoredItem> Events, long HighestSequenceNr);
