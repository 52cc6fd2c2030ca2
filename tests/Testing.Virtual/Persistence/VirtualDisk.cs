namespace NetBootFabric.Testing.Virtual;

/// <summary>What was committed of all persistent actors.</summary>
internal sealed class VirtualDisk
{
    public static readonly StoredStream Nothing = new(null, [], 0);

    private readonly Dictionary<string, Entry> _entries = [];

    public IEnumerable<string> PersistenceIds => _entries.Keys;

    public Entry Of(string persistenceId)
    {
        if (!_entries.TryGetValue(persistenceId, out var entry)) _entries[persistenceId] = entry = new Entry();
        return entry;
    }

    public StoredStream Read(string persistenceId) => _entries.TryGetValue(persistenceId, out var entry) ? entry.Read() : Nothing;

    /// <summary>Of one persistent actor.</summary>
    internal sealed class Entry
    {
        private readonly List<StoredItem> _events = [];
        private readonly SortedList<long, StoredItem> _snapshots = [];
        private long _highest;

        public void Append(IReadOnlyList<StoredItem> events)
        {
            // Another writer of this id was faster: an SQL store's unique key says so.
            if (events[0].SequenceNr != _highest + 1) throw new IOException($"Sequence number {events[0].SequenceNr} after {_highest}");
            _events.AddRange(events);
            _highest = events[^1].SequenceNr;
        }

        public void Save(StoredItem snapshot) => _snapshots[snapshot.SequenceNr] = snapshot;

        public void DeleteEvents(long to) => _events.RemoveAll(stored => stored.SequenceNr <= to);

        public void DeleteSnapshots(long to)
        {
            while (_snapshots.Count > 0 && _snapshots.GetKeyAtIndex(0) <= to) _snapshots.RemoveAt(0);
        }

        public StoredStream Read()
        {
            var snapshot = _snapshots.Count == 0 ? null : _snapshots.GetValueAtIndex(_snapshots.Count - 1);
            return new StoredStream(snapshot, [.. _events], Math.Max(_highest, snapshot?.SequenceNr ?? 0));
        }
    }
}
