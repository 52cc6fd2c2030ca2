namespace NetBootFabric.Arp;

/// <summary>How pool addresses are probed ahead of use. The defaults are RFC 5227's three probes, at least a second apart, with a bound on the whole.</summary>
public sealed record ProbeOptions
{
    /// <summary>Free addresses of a subnet that are looked at together.</summary>
    public int Window { get; init; } = 64;

    /// <summary>PROBE_NUM.</summary>
    public int Probes { get; init; } = 3;

    /// <summary>PROBE_MIN. In a pool too large to come round in this time, the probes of an address are further apart.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>An address that stayed silent is taken for free this long, then asked for again.</summary>
    public TimeSpan Freshness { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Probes on one interface: each is a broadcast that every machine of the room hears. A pool of 250 comes round in a minute, one of a /16 in two hours.</summary>
    public int PerSecond { get; init; } = 10;
}
