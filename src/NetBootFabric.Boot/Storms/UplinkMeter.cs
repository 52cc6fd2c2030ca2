namespace NetBootFabric.Boot.Storms;

/// <summary>
/// What a head node's uplink has to carry and what it carries: told by the servers of files, asked by whoever decides who waits. For many
/// threads at a time; allocates nothing.
/// </summary>
public sealed class UplinkMeter(TimeProvider time)
{
    /// <summary>The rate is that of so many whole slots: long enough to even out bursts, short enough to follow a link that changes.</summary>
    private const int Slots = 8, Ring = 16;

    private static readonly TimeSpan SlotLength = TimeSpan.FromMilliseconds(250);

    private readonly long[] _moved = new long[Ring];
    private readonly long[] _numbers = new long[Ring]; // which slot of time each one holds
    private long _backlog, _total;

    /// <summary>Octets that running transfers have yet to move.</summary>
    public long Backlog => Math.Max(0, Volatile.Read(ref _backlog));

    /// <summary>Octets that were ever moved.</summary>
    public long Total => Volatile.Read(ref _total);

    /// <summary>Octets a second that clients got of late; 0 while nothing moves.</summary>
    public long Rate
    {
        get
        {
            var current = Number();
            var (sum, oldest) = (0L, current);
            for (var number = current - Slots; number < current; number++)
            {
                var slot = number % Ring;
                if (number <= 0 || Volatile.Read(ref _numbers[slot]) != number) continue;
                sum += Volatile.Read(ref _moved[slot]);
                if (oldest == current) oldest = number;
            }
            return oldest == current ? 0 : (long)(sum / ((current - oldest) * SlotLength.TotalSeconds));
        }
    }

    /// <summary>How long the backlog takes at the present rate; null while nothing moves.</summary>
    public TimeSpan? TimeLeft => Rate is > 0 and var rate ? TimeSpan.FromSeconds((double)Backlog / rate) : null;

    /// <summary>A transfer of so many octets was admitted.</summary>
    public void Began(long octets) => Interlocked.Add(ref _backlog, octets);

    /// <summary>The client has them: acknowledged (TFTP), or taken by its connection (HTTP).</summary>
    public void Moved(long octets)
    {
        Interlocked.Add(ref _backlog, -octets);
        Interlocked.Add(ref _total, octets);
        var number = Number();
        var slot = number % Ring;
        var held = Volatile.Read(ref _numbers[slot]);
        // Whoever comes first in a new slot of time empties it; what others add in that instant may be lost, which a rate can bear.
        if (held != number && Interlocked.CompareExchange(ref _numbers[slot], number, held) == held) Volatile.Write(ref _moved[slot], 0);
        Interlocked.Add(ref _moved[slot], octets);
    }

    /// <summary>A transfer is over; so many of its octets never moved.</summary>
    public void Ended(long left) => Interlocked.Add(ref _backlog, -left);

    // From 1 on: an untouched slot holds 0.
    private long Number() => 1 + time.GetElapsedTime(0).Ticks / SlotLength.Ticks;
}
