namespace NetBootFabric.Cluster.Ledger;

/// <summary>A ledger's event: for each of several clients a <see cref="Messages.BootAdvanced"/>, in <see cref="LedgerFormat"/>.</summary>
public sealed record LedgerWritten(ReadOnlyMemory<byte> Pack);

/// <summary>A ledger's snapshot: every client of the shard with a history, packed, in <see cref="LedgerFormat"/>.</summary>
public sealed record LedgerSnapshot(ReadOnlyMemory<byte> Pack);

/// <summary>How soon a ledger writes.</summary>
/// <param name="Quiet">After the first milestone of a quiet time.</param>
/// <param name="Storm">From one event of a shard to its next. A head node that is killed loses that much history, and never a lease.</param>
/// <param name="Retry">From a failure to the next attempt, at first; doubled with each.</param>
/// <param name="LongestRetry">And at last.</param>
public sealed record LedgerPace(TimeSpan Quiet, TimeSpan Storm, TimeSpan Retry, TimeSpan LongestRetry)
{
    public static LedgerPace Default { get; } = new(TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
}

/// <param name="FailingSince">Null: all works.</param>
/// <param name="Unwritten">Clients whose latest boots are in memory only.</param>
public sealed record LedgerStatus(DateTimeOffset? FailingSince, string? LastFailure, int Unwritten);
