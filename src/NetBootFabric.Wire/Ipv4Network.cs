using System.Globalization;

namespace NetBootFabric.Wire;

/// <summary>An IPv4 prefix in CIDR notation (RFC 4632). The host bits of <see cref="Address"/> are zero.</summary>
public readonly record struct Ipv4Network(Ipv4Address Address, int PrefixLength)
{
    public Ipv4Address Mask => new(PrefixLength == 0 ? 0 : uint.MaxValue << (32 - PrefixLength));
    public Ipv4Address BroadcastAddress => new(Address.Value | ~Mask.Value);

    public bool Contains(Ipv4Address address) => (address.Value & Mask.Value) == Address.Value;
    public bool Overlaps(Ipv4Network other) => Contains(other.Address) || other.Contains(Address);

    /// <summary>Accepts <c>10.77.0.0/16</c>; false when host bits are set.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Ipv4Network network)
    {
        network = default;
        var slash = text.IndexOf('/');
        if (slash < 0 || !Ipv4Address.TryParse(text[..slash], out var address)) return false;
        if (!int.TryParse(text[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length > 32) return false;
        network = new Ipv4Network(address, length);
        return network.Contains(address);
    }

    /// <exception cref="FormatException">The text is no network, or host bits are set.</exception>
    public static Ipv4Network Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out var network) ? network : throw new FormatException($"'{text}' is no network; write it as 10.77.0.0/16");

    public override string ToString() => $"{Address}/{PrefixLength}";
}
