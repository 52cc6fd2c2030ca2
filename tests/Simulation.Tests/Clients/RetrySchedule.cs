namespace NetBootFabric.Simulation.Tests.Clients;

/// <summary>How long a client waits after each packet before it sends the next; after the last one it gives up. Seconds, as captured from the real ones.</summary>
internal static class RetrySchedule
{
    /// <summary>PXE 2.1 §2.2.5.</summary>
    public static readonly double[] PxeRom = [4, 8, 16, 32];

    /// <summary>Packets at 0, 1, 3.1 and 7.1 s.</summary>
    public static readonly double[] Ipxe = [1, 2.1, 4, 8];

    /// <summary>Packets at 0, 8, 15, 25, 39 and 56 s.</summary>
    public static readonly double[] Dhclient = [8, 7, 10, 14, 17, 4];
}
