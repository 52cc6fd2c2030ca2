using NetBootFabric.Boot.Transfers;

namespace NetBootFabric.HttpBoot.Serving;

/// <summary>The connections of one loop, by the number that its events come back with. Only the loop's thread changes it; any may look through it.</summary>
internal sealed class ConnectionTable
{
    private readonly Stack<int> _free = new();
    private readonly List<int> _left = []; // free once no event of this round can name them any more
    private volatile HttpConnection?[] _slots = new HttpConnection?[64];
    private int _used;
    private volatile int _count;

    /// <summary>Any thread may ask.</summary>
    public int Count => _count;

    /// <summary>Null: it closed in this round.</summary>
    public HttpConnection? this[long slot] => _slots[slot];

    public ReadOnlySpan<HttpConnection?> All => _slots.AsSpan(0, _used);

    public void Add(HttpConnection connection)
    {
        if (!_free.TryPop(out var slot)) slot = _used++;
        if (slot == _slots.Length)
        {
            var larger = new HttpConnection?[slot * 2];
            _slots.CopyTo(larger, 0);
            _slots = larger;
        }
        connection.Slot = slot;
        _slots[slot] = connection;
        _count++;
    }

    public void Remove(HttpConnection connection)
    {
        _slots[connection.Slot] = null;
        _left.Add(connection.Slot);
        _count--;
    }

    public void EndRound()
    {
        foreach (var slot in _left) _free.Push(slot);
        _left.Clear();
    }

    /// <summary>Any thread.</summary>
    public IEnumerable<HttpDownload> OlderThan(TimeSpan age)
    {
        foreach (var connection in _slots)
        {
            if (connection?.DownloadOlderThan(age) is { } download) yield return download;
        }
    }
}
