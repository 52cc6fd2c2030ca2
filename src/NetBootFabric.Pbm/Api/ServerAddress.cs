using System.Net;
using NetBootFabric.AdminApi;

namespace NetBootFabric.Pbm.Api;

/// <summary>Where a head node is asked. On the loopback its admin API speaks plain HTTP, elsewhere TLS.</summary>
internal sealed record ServerAddress(Uri Uri)
{
    /// <summary>As people write it.</summary>
    public string Name => Uri.Authority;

    public bool IsLoopback => IsLoopbackHost(Uri.Host);

    /// <param name="text">host, host:port, or a URL.</param>
    public static ServerAddress Parse(string text)
    {
        if (!Uri.TryCreate(text.Contains("://", StringComparison.Ordinal) ? text : $"{SchemeOf(text)}://{WithPort(text)}", UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            throw new AdminException($"'{text}' is no host:port; give --server 127.0.0.1:{AdminRoutes.DefaultPort}", AdminException.Unreachable);
        var address = new ServerAddress(uri);
        if (uri.Scheme == "http" && !address.IsLoopback)
            throw new AdminException($"a token is not sent over {uri.Authority} in the clear: write --server https://{uri.Authority}", AdminException.Unreachable);
        return address;
    }

    private static string SchemeOf(string text) => IsLoopbackHost(HostOf(text)) ? "http" : "https";

    /// <summary>A host alone means the admin API's own port, not that of the web.</summary>
    private static string WithPort(string text) => HostOf(text).Length == text.Length ? $"{text}:{AdminRoutes.DefaultPort}" : text;

    private static string HostOf(string text) => text.StartsWith('[') ? text[..(text.IndexOf(']', StringComparison.Ordinal) + 1)] : text.Split(':')[0];

    private static bool IsLoopbackHost(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
