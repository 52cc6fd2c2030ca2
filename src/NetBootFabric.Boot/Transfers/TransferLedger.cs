using System.Collections.Concurrent;

namespace NetBootFabric.Boot.Transfers;

/// <summary>
/// The ledger in memory: what this head node serves and what its peers say that they serve. Thread-safe. Bounded: entries that nobody
/// moved for <see cref="Lifetime"/> vanish, and beyond the capacity a new one is not kept.
/// </summary>
/// <param name="node">This head node's name, for the others' reports.</param>
public sealed class TransferLedger(string node, TimeProvider time, int capacity = TransferLedger.UsualCapacity) : ITransferLedger
{
    /// <summary>Several rooms full of machines that boot at once; about 300 octets each.</summary>
    public const int UsualCapacity = 50_000;

    /// <summary>Longer than the most patient transfer lives without progress (two minutes).</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(3);

    private readonly ConcurrentDictionary<TransferKey, Entry> _entries = new();
    private readonly Lock _sweeping = new();
    private long _sweptAt = time.GetTimestamp();

    /// <summary>
    /// What this node's own transfers did, to be told to the peers; not what <see cref="Apply"/> brought. Raised by the threads that serve:
    /// handlers must not wait and not throw.
    /// </summary>
    public event Action<TransferChange>? Changed;

    public int Count => _entries.Count;

    public void Opened(OpenTransfer transfer)
    {
        var ours = transfer with { Node = node };
        if (Keep(ours)) Changed?.Invoke(new TransferOpened(ours));
    }

    public void Moved(in TransferKey key, long block)
    {
        if (Move(key, node, block)) Changed?.Invoke(new TransferMoved(key, node, block));
    }

    public void Closed(in TransferKey key)
    {
        if (Remove(key, node)) Changed?.Invoke(new TransferClosed(key, node));
    }

    public OpenTransfer? Find(in TransferKey key) =>
        _entries.TryGetValue(key, out var entry) && !IsOld(entry) ? entry.Transfer with { Block = entry.Block } : null;

    public bool IsElsewhere(in TransferKey key) => _entries.TryGetValue(key, out var entry) && entry.Transfer.Node != node;

    /// <summary>What a peer told.</summary>
    public void Apply(TransferChange change)
    {
        switch (change)
        {
            case TransferOpened opened:
                Keep(opened.Transfer);
                break;
            case TransferMoved moved:
                Move(moved.Key, moved.Node, moved.Block);
                break;
            case TransferClosed closed:
                Remove(closed.Key, closed.Node);
                break;
        }
    }

    /// <summary>Every transfer that is known to run; those with this node's name are to be told to a peer that has just come.</summary>
    public IReadOnlyList<OpenTransfer> All => [.. _entries.Values.Where(entry => !IsOld(entry)).Select(static entry => entry.Transfer with { Block = entry.Block })];

    private bool Keep(OpenTransfer transfer)
    {
        Sweep();
        if (_entries.Count >= capacity && !_entries.ContainsKey(transfer.Key)) return false;
        _entries[transfer.Key] = new Entry(transfer, time.GetTimestamp());
        return true;
    }

    /// <summary>False: another node went on with it meanwhile, or it was never kept.</summary>
    private bool Move(in TransferKey key, string by, long block)
    {
        if (!_entries.TryGetValue(key, out var entry) || entry.Transfer.Node != by) return false;
        entry.Move(block, time.GetTimestamp());
        return true;
    }

    private bool Remove(in TransferKey key, string by) =>
        _entries.TryGetValue(key, out var entry) && entry.Transfer.Node == by && _entries.TryRemove(KeyValuePair.Create(key, entry));

    /// <summary>What its node never closed, since it died and nobody went on.</summary>
    private void Sweep()
    {
        if (time.GetElapsedTime(Volatile.Read(ref _sweptAt)) < Lifetime / 8 || !_sweeping.TryEnter()) return;
        try
        {
            Volatile.Write(ref _sweptAt, time.GetTimestamp());
            foreach (var entry in _entries)
            {
                if (IsOld(entry.Value)) _entries.TryRemove(entry);
            }
        }
        finally
        {
            _sweeping.Exit();
        }
    }

    private bool IsOld(Entry entry) => time.GetElapsedTime(entry.MovedAt) >= Lifetime;

    private sealed class Entry(OpenTransfer transfer, long at)
    {
        private long _block = transfer.Block, _movedAt = at;

        public OpenTransfer Transfer => transfer;
        public long Block => Volatile.Read(ref _block);
        public long MovedAt => Volatile.Read(ref _movedAt);

        public void Move(long block, long at)
        {
            if (block > Block) Volatile.Write(ref _block, block); // a message that was overtaken moves nothing back
            Volatile.Write(ref _movedAt, at);
        }
    }
}
