namespace NetBootFabric.Actors.Persistence.Store;

/// <summary>What an <see cref="InMemoryJournalStore"/> has committed.</summary>
internal sealed class InMemoryJournal
{
    private readonly Dictionary<string, Entry> _entries = [];

    public IEnumerable<string> PersistenceIds => _entries.Keys;

    public Entry Of(string persistenceId)
    {
        if (!_entries.TryGetValue(persistenceId, out var entry)) _entries[persistenceId] = entry = new Entry();
        return entry;
    }

    public Recovered Recover(string persistenceId) =>
        _entries.TryGetValue(persistenceId, out var entry) ? entry.Recover() : new Recovered(null, [], 0);

    /// <summary>The events and snapshots of one persistent actor.</summary>
    internal sealed class Entry
    {
        private long _highest;

        public List<StoredItem> Events { get; } = [];
        public SortedList<long, StoredItem> Snapshots { get; } = [];

        public void Append(IReadOnlyList<StoredItem> events)
        {
            foreach (var stored in events)
            {
                if (stored.SequenceNr != _highest + 1) throw new InvalidOperationException($"Sequence number {stored.SequenceNr} after {_highest}");
                Events.Add(stored);
                _highest = stored.SequenceNr;
            }
        }

        public void DeleteSnapshots(long toSequenceNr)
        {
            while (Snapshots.Count > 0 && Snapshots.GetKeyAtIndex(0) <= toSequenceNr) Snapshots.RemoveAt(0);
        }

        public Recovered Recover()
        {
            StoredItem? snapshot = Snapshots.Count == 0 ? null : Snapshots.GetValueAtIndex(Snapshots.Count - 1);
            var from = snapshot?.SequenceNr ?? 0;
            return new Recovered(snapshot, Events.FindAll(stored => stored.SequenceNr > from), Math.Max(_highest, from));
        }
    }
}
