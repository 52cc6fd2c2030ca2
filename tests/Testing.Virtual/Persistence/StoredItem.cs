namespace NetBootFabric.Testing.Virtual;

/// <summary>An event or a snapshot as a journal keeps it: in octets, so that what can't be serialized shows.</summary>
public sealed record StoredItem(long SequenceNr, int SerializerId, string Manifest, byte[] Payload, DateTimeOffset At);

/// <param name="Snapshot">The latest; null: none.</param>
/// <param name="Events">All that were not deleted, oldest first.</param>
/// <param name="Highest">Of the sequence numbers ever used.</param>
internal sealed record StoredStream(StoredItem? Snapshot, IReadOnlyList<StoredItem> Events, long Highest);
