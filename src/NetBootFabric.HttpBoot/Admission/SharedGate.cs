using NetBootFabric.Boot.Storms;

namespace NetBootFabric.HttpBoot.Admission;

/// <summary>The one gate of a server, for all its threads; asked for large bodies only.</summary>
internal sealed class SharedGate(IRacks racks, TimeProvider time)
{
    /// <summary>In octets. Scripts, configurations and small loaders always pass: they hold a boot up for longer than they hold up the wire.</summary>
    public const int SmallBody = 64 * 1024;

    private readonly Lock _lock = new();
    private readonly BodyGate _gate = new();
    private long _decidedAt;

    public IRacks Racks => racks;

    public int Held
    {
        get
        {
            lock (_lock) return _gate.Held;
        }
    }

    public void Enter(BodyTicket ticket)
    {
        lock (_lock) _gate.Enter(ticket);
    }

    public void Leave(BodyTicket ticket)
    {
        lock (_lock) _gate.Leave(ticket);
    }

    public void Observe(long segments, long retransmitted)
    {
        lock (_lock) _gate.Observe(segments, retransmitted);
    }

    /// <summary>Each thread calls it at that pace.</summary>
    public void Decide(TimeSpan pace)
    {
        lock (_lock)
        {
            if (time.GetElapsedTime(_decidedAt) < pace * 0.9) return;
            _decidedAt = time.GetTimestamp();
            _gate.Decide();
        }
    }
}
