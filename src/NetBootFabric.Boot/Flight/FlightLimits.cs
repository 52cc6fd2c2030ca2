namespace NetBootFabric.Boot.Flight;

/// <summary>What a <see cref="FlightRecorder"/> may take.</summary>
public sealed record FlightLimits
{
    /// <summary>Of one client, in octets: some twenty DHCP messages, or one boot with its files and a few retries.</summary>
    public int Ring { get; init; } = 4096;

    /// <summary>Of all clients together: 16 384 rings of 4 KiB are 64 MiB.</summary>
    public int Rings { get; init; } = 16_384;

    /// <summary>Of these, for machines of which nothing is known but a MAC address, which anybody can make up.</summary>
    public int Strangers { get; init; } = 8192;

    /// <summary>Of these, for boots that failed.</summary>
    public int Failed { get; init; } = 4096;
}
