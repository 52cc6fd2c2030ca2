using System.Globalization;

namespace NetBootFabric.Actors.Actor;

/// <summary>Where an actor system is reached: <c>akka://name</c> when only in this process, else with host and port.</summary>
public sealed record Address(string Protocol, string System, string? Host = null, int? Port = null) : IComparable<Address>
{
    public bool HasLocalScope => string.IsNullOrEmpty(Host);

    /// <exception cref="FormatException">It is no address.</exception>
    public static Address Parse(string address) => TryParse(address, out var parsed) ? parsed : throw new FormatException($"Not an address: [{address}]");

    /// <summary><c>protocol://system</c> or <c>protocol://system@host:port</c>; an IPv6 host stands in brackets.</summary>
    internal static bool TryParse(string text, out Address address)
    {
        address = null!;
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        if (scheme <= 0) return false;
        var rest = text.AsSpan(scheme + 3);
        var at = rest.IndexOf('@');
        var system = at < 0 ? rest : rest[..at];
        if (system.IsEmpty || system.Contains('/')) return false;
        if (at < 0)
        {
            address = new Address(text[..scheme], system.ToString());
            return true;
        }
        var endpoint = rest[(at + 1)..];
        var colon = endpoint.LastIndexOf(':');
        if (colon <= 0 || !int.TryParse(endpoint[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port > ushort.MaxValue) return false;
        address = new Address(text[..scheme], system.ToString(), endpoint[..colon].ToString(), port);
        return true;
    }

    /// <exception cref="FormatException">It is not <c>host:port</c>.</exception>
    internal static Address OfEndpoint(string system, string hostAndPort) => Parse($"akka://{system}@{hostAndPort}");

    public int CompareTo(Address? other) => string.CompareOrdinal(ToString(), other?.ToString());

    public override string ToString() => HasLocalScope ? $"{Protocol}://{System}" : $"{Protocol}://{System}@{Host}:{Port}";
}
