using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace NetBootFabric.Actors.Remote.Tls;

/// <summary><c>host:port</c>, where host is a name, an IPv4 address or an IPv6 address in brackets.</summary>
internal static class HostPort
{
    public static bool TryParse(string text, out string host, out int port)
    {
        (host, port) = ("", 0);
        var colon = text.LastIndexOf(':');
        if (colon <= 0 || !ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return false;
        (host, port) = (text[..colon].Trim('[', ']'), number);
        return host.Length > 0 && (text[0] == '[' || !host.Contains(':'));
    }

    /// <summary>The first address of the host.</summary>
    /// <exception cref="SocketException">The name is not known.</exception>
    /// <exception cref="FormatException">It is not <c>host:port</c>.</exception>
    public static async Task<IPEndPoint> Resolve(string text, CancellationToken cancellation)
    {
        var (host, port) = Split(text);
        if (IPAddress.TryParse(host, out var address)) return new IPEndPoint(address, port);
        var addresses = await Dns.GetHostAddressesAsync(host, cancellation).ConfigureAwait(false);
        return addresses.Length > 0 ? new IPEndPoint(addresses[0], port) : throw new SocketException((int)SocketError.HostNotFound);
    }

    /// <inheritdoc cref="Resolve(string, CancellationToken)"/>
    public static IPEndPoint Resolve(string text)
    {
        var (host, port) = Split(text);
        return new IPEndPoint(IPAddress.TryParse(host, out var address) ? address : Dns.GetHostAddresses(host)[0], port);
    }

    private static (string Host, int Port) Split(string text) =>
        TryParse(text, out var host, out var port) ? (host, port) : throw new FormatException($"'{text}' is not host:port");
}
