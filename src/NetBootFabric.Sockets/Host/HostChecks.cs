using System.Globalization;
using System.Numerics;

namespace NetBootFabric.Sockets;

/// <summary>One limit of the machine beside what the room needs.</summary>
/// <param name="Name">As the machine calls it: net.ipv4.neigh.default.gc_thresh1, LimitNOFILE …</param>
/// <param name="Found">Null when it could not be read; then nothing is claimed.</param>
/// <param name="Consequence">What happens to clients when it is too small.</param>
/// <param name="Fix">The line that sets it.</param>
public sealed record HostCheck(string Name, long? Found, long Wanted, string Consequence, string Fix)
{
    public bool IsMet => Found is not { } found || found >= Wanted;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name} is {Found}, wanted {Wanted}: {Consequence}. {Fix}");
}

/// <summary>The limits of the machine against the number of clients expected to boot at once.</summary>
public static class HostChecks
{
    // A waiting DHCP packet of 300 to 600 octets costs its kernel buffer and the bookkeeping of it: 2304 octets with common drivers.
    private const int QueuedPacket = 2304;

    // The kernel takes no more for a listening socket.
    private const int LongestAcceptQueue = 65_535;

    // netbootd's own files, journals and sockets.
    private const int OwnFiles = 1024;

    // At its busiest a client has an HTTP connection, the file behind it, and the last connection closing.
    private const int FilesPerClient = 3;

    public static IReadOnlyList<HostCheck> Run(int clients) => Evaluate(HostLimits.Read(), clients);

    /// <summary>Every check, met or not.</summary>
    public static IReadOnlyList<HostCheck> Evaluate(HostLimits found, int clients)
    {
        // Below thresh1 entries are never thrown out; above thresh2 they are after five seconds; at thresh3 new ones are refused.
        // The kernel's defaults keep that proportion: 128, 512, 1024.
        var first = RoundUp(clients, atLeast: 128);
        return
        [
            Neighbours("gc_thresh1", found.NeighbourThreshold1, first, "the kernel forgets clients' MAC addresses and asks again in the middle of a boot"),
            Neighbours("gc_thresh2", found.NeighbourThreshold2, 4 * first, "the kernel throws out clients' MAC addresses after five seconds"),
            Neighbours("gc_thresh3", found.NeighbourThreshold3, 8 * first, "the neighbour table overflows and packets to clients are dropped"),
            Sysctl("net.core.rmem_max", found.ReceiveBufferMax, RoundUp((long)clients * QueuedPacket, atLeast: 212_992), "packets are lost when all clients ask at once, unless the process has CAP_NET_ADMIN"),
            Sysctl("net.core.somaxconn", found.AcceptQueue, Math.Min(RoundUp(clients, atLeast: 4096), LongestAcceptQueue), "the kernel drops new HTTP connections when all clients come at once"),
            OpenFiles(found.OpenFiles, OwnFiles + (long)FilesPerClient * clients),
        ];
    }

    private static HostCheck Neighbours(string name, long? found, long wanted, string consequence) =>
        Sysctl($"net.ipv4.neigh.default.{name}", found, wanted, consequence);

    private static HostCheck Sysctl(string name, long? found, long wanted, string consequence) =>
        new(name, found, wanted, consequence, string.Create(CultureInfo.InvariantCulture, $"sysctl -w {name}={wanted}"));

    private static HostCheck OpenFiles(long? found, long wanted) =>
        new("LimitNOFILE", found, wanted, "connections of clients are refused", string.Create(CultureInfo.InvariantCulture, $"LimitNOFILE={wanted} in the unit, or ulimit -n {wanted}"));

    private static long RoundUp(long value, long atLeast) => value <= atLeast ? atLeast : (long)BitOperations.RoundUpToPowerOf2((ulong)value);
}
