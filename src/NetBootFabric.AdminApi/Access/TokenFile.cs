using System.Globalization;

namespace NetBootFabric.AdminApi.Access;

/// <summary>
/// Where a head node leaves an administrator's token for root on its own machine. Several head nodes on one machine, each in its network namespace, may listen on the same port of
/// their loopbacks: port and namespace together name the one that answers.
/// </summary>
public static class TokenFile
{
    public const string DefaultFolder = "/run/netboot-fabric";

    /// <summary>The file of a head node that listens on <paramref name="port"/> of the loopback that the calling thread sees.</summary>
    public static string PathOf(string folder, int port) => PathOf(folder, port, NetworkNamespace());

    /// <param name="inode">Of the network namespace.</param>
    public static string PathOf(string folder, int port, string inode) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{port}-{inode}.token"));

    /// <summary>The inode of the calling thread's network namespace: the link reads net:[4026531840].</summary>
    public static string NetworkNamespace() =>
        new FileInfo("/proc/thread-self/ns/net").LinkTarget is ['n', 'e', 't', ':', '[', .. var inode, ']'] && inode.All(char.IsAsciiDigit) ? inode : "0";
}
