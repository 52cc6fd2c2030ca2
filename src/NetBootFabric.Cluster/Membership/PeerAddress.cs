using System.Globalization;

namespace NetBootFabric.Cluster.Membership;

/// <summary>The addresses of the others' actor systems, which differ from one's own in host and port.</summary>
internal static class PeerAddress
{
    /// <param name="own">A remote address.</param>
    /// <param name="endpoint">host:port.</param>
    /// <returns>Null: it is no such thing.</returns>
    public static Address? Of(Address own, string endpoint)
    {
        var colon = endpoint.LastIndexOf(':');
        return colon > 0 && int.TryParse(endpoint.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? new Address(own.Protocol, own.System, endpoint[..colon], port)
            : null;
    }

    /// <summary>host:port.</summary>
    public static string EndpointOf(Address address) => string.Create(CultureInfo.InvariantCulture, $"{address.Host}:{address.Port}");
}
