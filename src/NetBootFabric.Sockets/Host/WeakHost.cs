using System.Globalization;

namespace NetBootFabric.Sockets;

/// <summary>Whether the kernel answers ARP on one interface for addresses that are on another, as Linux does unless it is told not to.</summary>
public static class WeakHost
{
    /// <summary>What keeps it from that, with the line that changes it; null when nothing is seen that does. Of the network namespace that the calling thread is in.</summary>
    public static string? Trouble(string device) => Trouble(device, Read);

    internal static string? Trouble(string device, Func<string, long?> read)
    {
        foreach (var scope in new[] { "all", device }) // the greater of the two counts
            if (read(scope) is { } value and not 0)
                return string.Create(CultureInfo.InvariantCulture, $"net.ipv4.conf.{scope}.arp_ignore is {value}, wanted 0: ARP for addresses of other interfaces stays unanswered on {device}. sysctl -w net.ipv4.conf.{scope}.arp_ignore=0");
        return null;
    }

    private static long? Read(string scope) => HostLimits.Sysctl($"net/ipv4/conf/{scope}/arp_ignore");
}
