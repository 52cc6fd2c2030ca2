using NetBootFabric.Boot.Storms;

namespace NetBootFabric.HttpBoot.Admission;

/// <summary>The one gate of a server, for all its threads; asked for large bodies only.</summary>
internal sealed class SharedGate(IRacks racks, TimeProvider time)
{
    /// <summary>In octets. Scripts, configurations and small loaders always pass: they hold a boot up for longer than they hold up the wire.</summary>
    public const int SmallBody = 64 * 1024;

    private readonly Lock _lock = new();
    private readonly BodyGate _gate = new();
    private long _decidedAt, _each;

    public IRacks Racks => racks;

    public int Held
    {
        get
        {
            lock (_lock) return _gate.Held;
        }
    }

    public bool IsFull
    {
        get
        {
            lock (_lock) return _gate.IsFull;
        }
    }

    /// <summary>How fast a body may be sent, in octets a second; 0: as fast as it can.</summary>
    public long Pace => Volatile.Read(ref _each);

    public void Enter(BodyTicket ticket)
    {
        lock (_lock) _gate.Enter(ticket);
    }

    public void Leave(BodyTicket ticket)
    {
        lock (_lock) _gate.Leave(ticket);
    }

    public void Yield(BodyTicket ticket)
    {
        lock (_lock) _gate.Yield(ticket);
    }

    public void Observe(long segments, long retransmitted, long delivered, long octets)
    {
        lock (_lock) _gate.Observe(segments, retransmitted, delivered, octets);
    }

    /// <summary>Each thread calls it at that pace.</summary>
    public void Decide(TimeSpan pace)
    {
        lock (_lock)
        {
            var passed = time.GetElapsedTime(_decidedAt);
            if (passed < pace * 0.9) return;
            _decidedAt = time.GetTimestamp();
            // After a pause nobody was sent anything, and nobody called.
            _gate.Decide(passed < 2 * pace ? passed : pace);
            Volatile.Write(ref _each, _gate.Each);
        }
    }
}
