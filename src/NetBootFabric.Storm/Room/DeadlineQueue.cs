namespace NetBootFabric.Storm.Room;

/// <summary>
/// Which client is due next. A deadline that moves later stays where it is and is looked at when it comes up, so that a packet which only prolongs a wait costs nothing.
/// </summary>
internal sealed class DeadlineQueue(int clients)
{
    private readonly PriorityQueue<int, long> _queue = new(clients);
    private readonly long[] _queued = Filled(clients);

    /// <summary>To be told after whatever may have moved a client's deadline.</summary>
    public void Set(int client, TimeSpan deadline)
    {
        if (deadline.Ticks >= _queued[client]) return;
        _queued[client] = deadline.Ticks;
        _queue.Enqueue(client, deadline.Ticks);
    }

    /// <summary>No client is due before.</summary>
    public TimeSpan Next => _queue.TryPeek(out _, out var ticks) ? new TimeSpan(ticks) : TimeSpan.MaxValue;

    /// <summary>A client whose queued time has come; it may be due later by now: set it again in any case.</summary>
    public bool TryTake(TimeSpan now, out int client)
    {
        while (_queue.TryPeek(out client, out var ticks) && ticks <= now.Ticks)
        {
            _queue.Dequeue();
            if (ticks != _queued[client]) continue; // queued again for an earlier time meanwhile
            _queued[client] = long.MaxValue;
            return true;
        }
        return false;
    }

    private static long[] Filled(int clients)
    {
        var queued = new long[clients];
        Array.Fill(queued, long.MaxValue);
        return queued;
    }
}
