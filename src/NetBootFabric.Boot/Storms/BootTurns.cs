using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Storms;

/// <summary>
/// Lets so many clients load at a time that the uplink stays full and each of them is done soon; the others are told how many are before them. Nobody waits while the servers of files
/// have nobody waiting: then the uplink is not what bounds the room.
/// </summary>
/// <param name="isFull">Whether a server of files keeps anybody waiting for the uplink just now.</param>
public sealed class BootTurns(UplinkMeter uplink, Func<bool> isFull, TimeProvider time) : ITurns
{
    /// <summary>Work that is let in ahead: enough that the uplink never idles between two questions of those that wait.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(12);

    /// <summary>How long a full uplink is taken for full: admission makes the servers' own queues short.</summary>
    private static readonly TimeSpan StaysFull = TimeSpan.FromSeconds(10);

    /// <summary>Who was let in and fetches its script once more is not sent back to the end of the queue.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(2);

    /// <summary>Downloads that nobody can be told to wait with (other loaders', an operator's) may go on for hours: of the uplink those that wait get half at least.</summary>
    private const int Share = 2;

    /// <summary>In seconds: a day. Who is told so looks at the network.</summary>
    private const double LongestTold = 86_400;

    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(2), LongestPause = TimeSpan.FromSeconds(10);

    /// <summary>More names than machines are made up by somebody; they are let in.</summary>
    private const int MostWaiting = 100_000;

    private readonly Lock _lock = new();
    private readonly RackQueue _queue = new();
    private readonly Dictionary<MacAddress, DateTimeOffset> _admitted = [];
    private DateTimeOffset _fullUntil = DateTimeOffset.MinValue, _swept = DateTimeOffset.MinValue, _lastIn = DateTimeOffset.MinValue;
    private DateTimeOffset _rateAt;
    private long _promised, _moved, _rate;

    /// <summary>Clients that were told to wait and still ask.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock) return _queue.Count;
        }
    }

    public Turn Ask(MacAddress client, string rack, long octets)
    {
        lock (_lock) return Decide(client, rack, octets, time.GetUtcNow());
    }

    private Turn Decide(MacAddress client, string rack, long octets, DateTimeOffset now)
    {
        Sweep(now);
        var rate = Lately(uplink.Rate, now);
        Settle(rate);
        if (_admitted.ContainsKey(client)) return Turn.Now;
        if (isFull()) _fullUntil = now + StaysFull;
        if (now >= _fullUntil || rate == 0 || octets <= 0 || (_queue.Count >= MostWaiting && !_queue.Contains(client))) return Admit(client, octets, now);
        _queue.Note(client, rack, now);
        var position = _queue.PositionOf(client);
        // All are taken to load as much as this one: a room's machines mostly do, and the rest evens out.
        var room = (long)(rate * Ahead.TotalSeconds) - _promised;
        var asked = (double)position * octets;
        var longest = Share * asked / rate - (now - _lastIn).TotalSeconds;
        if (_promised == 0 || asked <= room || longest <= 0) return Admit(client, octets, now);
        var wait = TimeSpan.FromSeconds(Math.Clamp(Math.Min((asked - room) / rate, longest), 1, LongestTold));
        return new Turn(position, wait, Pause(wait));
    }

    /// <summary>Between the end of some downloads and the start of others little moves for a moment, which says nothing of the uplink.</summary>
    private long Lately(long rate, DateTimeOffset now)
    {
        if (rate == 0 || rate >= _rate || now - _rateAt > StaysFull) (_rate, _rateAt) = (rate, now);
        return _rate;
    }

    private Turn Admit(MacAddress client, long octets, DateTimeOffset now)
    {
        _queue.Remove(client);
        if (_admitted.Count < MostWaiting) _admitted[client] = now;
        _promised += octets;
        _lastIn = now;
        return Turn.Now;
    }

    /// <summary>What moved since the last time was promised to somebody; what is under way is at least promised.</summary>
    private void Settle(long rate)
    {
        var moved = uplink.Total;
        _promised = Math.Max(uplink.Backlog, _promised - (moved - _moved));
        _moved = moved;
        // Nothing moves and nothing is under way: those that were let in have gone elsewhere.
        if (rate == 0) _promised = uplink.Backlog;
    }

    private void Sweep(DateTimeOffset now)
    {
        if (now - _swept < LongestPause) return;
        _swept = now;
        _queue.Forget(now - 3 * LongestPause);
        foreach (var (client, at) in _admitted)
            if (now - at > Remembered) _admitted.Remove(client);
    }

    /// <summary>Soon when it is nearly its turn; else seldom, since thousands ask.</summary>
    private static TimeSpan Pause(TimeSpan wait)
    {
        var seconds = Math.Clamp(Math.Round(wait.TotalSeconds / 3), ShortestPause.TotalSeconds, LongestPause.TotalSeconds);
        return TimeSpan.FromSeconds(seconds);
    }
}
