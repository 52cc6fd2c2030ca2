namespace NetBootFabric.Actors.Persistence;

/// <summary>Sent to a persistent actor after the last recovered event, always.</summary>
public sealed class RecoveryCompleted
{
    private RecoveryCompleted() { }

    public static readonly RecoveryCompleted Instance = new();
}

/// <summary>Which snapshot. The timestamp is UTC.</summary>
public sealed record SnapshotMetadata(string PersistenceId, long SequenceNr, DateTime Timestamp);

/// <summary>The snapshot that recovery starts from.</summary>
public sealed class SnapshotOffer(SnapshotMetadata metadata, object snapshot) : IEquatable<SnapshotOffer>
{
    public SnapshotMetadata Metadata => metadata;
    public object Snapshot => snapshot;

    public bool Equals(SnapshotOffer? other) => other is not null && Metadata == other.Metadata && Equals(Snapshot, other.Snapshot);

    public override bool Equals(object? obj) => Equals(obj as SnapshotOffer);

    public override int GetHashCode() => Metadata.GetHashCode();
}

public sealed class SaveSnapshotSuccess(SnapshotMetadata metadata)
{
    public SnapshotMetadata Metadata => metadata;
}

public sealed class SaveSnapshotFailure(SnapshotMetadata metadata, Exception cause)
{
    public SnapshotMetadata Metadata => metadata;
    public Exception Cause => cause;
}

public sealed class DeleteMessagesSuccess(long toSequenceNr)
{
    public long ToSequenceNr => toSequenceNr;
}

public sealed class DeleteMessagesFailure(Exception cause, long toSequenceNr)
{
    public Exception Cause => cause;
    public long ToSequenceNr => toSequenceNr;
}

public sealed class DeleteSnapshotsSuccess(SnapshotSelectionCriteria criteria)
{
    public SnapshotSelectionCriteria Criteria => criteria;
}

public sealed class DeleteSnapshotsFailure(SnapshotSelectionCriteria criteria, Exception cause)
{
    public SnapshotSelectionCriteria Criteria => criteria;
    public Exception Cause => cause;
}

/// <summary>Snapshots up to a sequence number.</summary>
public sealed record SnapshotSelectionCriteria(long MaxSequenceNr)
{
    public static SnapshotSelectionCriteria Latest { get; } = new(long.MaxValue);
    public static SnapshotSelectionCriteria None { get; } = new(0);
}

/// <summary>How much of its journal an actor recovers: <see cref="Default"/> all of it, <see cref="None"/> nothing but the highest sequence number.</summary>
public sealed class Recovery
{
    private Recovery() { }

    public static Recovery Default { get; } = new();
    public static Recovery None { get; } = new();
}

public class RecoveryTimedOutException(string message) : AkkaException(message);
