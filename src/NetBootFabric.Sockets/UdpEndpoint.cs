using System.Globalization;

namespace NetBootFabric.Sockets;

/// <summary>An IPv4 address in host order (first octet highest) and a UDP port.</summary>
public readonly record struct UdpEndpoint(uint Address, ushort Port)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Dotted.Quad(Address)}:{Port}");
}

/// <summary>
/// Our side of a datagram: the address it came to or is sent from, and the interface. Zero leaves the choice to the kernel.
/// What a received datagram says of itself can be handed to a send as it is.
/// </summary>
public readonly record struct LocalAddress(uint Address, int InterfaceIndex)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Dotted.Quad(Address)} on interface {InterfaceIndex}");
}

internal static class Dotted
{
    public static string Quad(uint address) =>
        string.Create(CultureInfo.InvariantCulture, $"{address >> 24}.{address >> 16 & 255}.{address >> 8 & 255}.{address & 255}");
}
