using NetBootFabric.Actors.Persistence.Store;

namespace NetBootFabric.Cluster.Tests.Allocations;

/// <summary>Says at once that all is written, and keeps nothing.</summary>
internal sealed class ForgetfulJournal : IJournalStore
{
    private static readonly Recovered Nothing = new(null, [], 0);

    public void Append(string persistenceId, IReadOnlyList<StoredItem> events, Action<Exception?> completed) => completed(null);

    public void Recover(string persistenceId, Action<Recovered?, Exception?> completed) => completed(Nothing, null);

    public void SaveSnapshot(string persistenceId, StoredItem snapshot, Action<Exception?> completed) => completed(null);

    public void DeleteEvents(string persistenceId, long toSequenceNr, Action<Exception?> completed) => completed(null);

    public void DeleteSnapshots(string persistenceId, long toSequenceNr, Action<Exception?> completed) => completed(null);
}
