using NetBootFabric.Wire;

namespace NetBootFabric.Arp;

/// <summary>Decides whether an address is to be probed now. No I/O, no clock; remembers a bounded number of addresses.</summary>
internal sealed class ProbePlan(ProbeOptions options)
{
    private readonly Dictionary<Ipv4Address, Probed> _probed = [];

    /// <summary>All that can be probed anew within the time that one stays fresh, at the full rate.</summary>
    public int Capacity { get; } = Math.Max(options.Window, (int)(options.PerSecond * options.Freshness.TotalSeconds));

    public int Count => _probed.Count;

    /// <summary>True when the address is due; it counts as probed then.</summary>
    public bool TryTake(Ipv4Address address, DateTimeOffset now)
    {
        var known = _probed.TryGetValue(address, out var probed);
        if (known && !IsDue(probed, now)) return false;
        if (!known && _probed.Count >= Capacity && !Forget(now)) return false;
        _probed[address] = new Probed(known && !IsStale(probed, now) ? probed.Times + 1 : 1, now);
        return true;
    }

    private bool IsDue(Probed probed, DateTimeOffset now) =>
        IsStale(probed, now) || (probed.Times < options.Probes && now - probed.At >= options.Interval);

    /// <summary>A clock that was set back makes everything due.</summary>
    private bool IsStale(Probed probed, DateTimeOffset now) => now - probed.At >= options.Freshness || now < probed.At;

    private bool Forget(DateTimeOffset now)
    {
        foreach (var (address, probed) in _probed)
            if (IsStale(probed, now)) _probed.Remove(address);
        return _probed.Count < Capacity;
    }

    private readonly record struct Probed(int Times, DateTimeOffset At);
}
