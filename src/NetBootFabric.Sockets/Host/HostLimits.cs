using System.Globalization;

namespace NetBootFabric.Sockets;

/// <summary>What the machine allows; null where it could not be read or does not bind this process (gc_thresh stands in the first network namespace only).</summary>
public readonly record struct HostLimits(long? NeighbourThreshold1, long? NeighbourThreshold2, long? NeighbourThreshold3, long? ReceiveBufferMax, long? AcceptQueue, long? OpenFiles)
{
    public static HostLimits Read() => new(
        Sysctl("net/ipv4/neigh/default/gc_thresh1"),
        Sysctl("net/ipv4/neigh/default/gc_thresh2"),
        Sysctl("net/ipv4/neigh/default/gc_thresh3"),
        MayForceBuffers(Read("/proc/self/status")) ? null : Sysctl("net/core/rmem_max"),
        Sysctl("net/core/somaxconn"),
        OpenFilesOf(Read("/proc/self/limits")));

    /// <summary>The soft limit from the text of /proc/PID/limits; "unlimited" is the largest number.</summary>
    internal static long? OpenFilesOf(string? limits)
    {
        const string label = "Max open files";
        var line = limits?.Split('\n').FirstOrDefault(line => line.StartsWith(label, StringComparison.Ordinal));
        var soft = line?[label.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        return soft == "unlimited" ? long.MaxValue : Number(soft);
    }

    /// <summary>CAP_NET_ADMIN, bit 12 of the effective set, passes over rmem_max (SO_RCVBUFFORCE): then it limits nothing.</summary>
    internal static bool MayForceBuffers(string? status)
    {
        const string label = "CapEff:";
        var line = status?.Split('\n').FirstOrDefault(line => line.StartsWith(label, StringComparison.Ordinal));
        return ulong.TryParse(line?[label.Length..].Trim(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var capabilities) && (capabilities & (1 << 12)) != 0;
    }

    internal static long? Sysctl(string name) => Number(Read($"/proc/sys/{name}"));

    private static long? Number(string? text) =>
        long.TryParse(text, NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static string? Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
