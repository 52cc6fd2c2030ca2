namespace NetBootFabric.Sockets;

/// <summary>An IPv4 address of an interface, in host order, with the length of its prefix.</summary>
public readonly record struct InterfaceAddress(uint Address, int PrefixLength)
{
    public uint Mask => PrefixLength == 0 ? 0 : uint.MaxValue << (32 - PrefixLength);

    public bool Contains(uint address) => (address & Mask) == (Address & Mask);

    public override string ToString() => $"{Dotted.Quad(Address)}/{PrefixLength}";
}

/// <summary>A network interface as it was when the table was read.</summary>
/// <param name="Mac">In the low 48 bits, first octet highest; 0 where there is none.</param>
/// <param name="Mtu">Octets of IP.</param>
/// <param name="IsUp">Set up by the administrator.</param>
/// <param name="IsRunning">There is a link.</param>
/// <param name="Addresses">In the kernel's order: the first is the one it prefers.</param>
public sealed record NetworkInterfaceInfo(int Index, string Name, ulong Mac, int Mtu, bool IsUp, bool IsRunning, bool IsLoopback, IReadOnlyList<InterfaceAddress> Addresses)
{
    /// <summary>What it is a part of, as the kernel calls it: bridge, bond …; empty when it stands for itself.</summary>
    public string PortOf { get; init; } = "";

    /// <summary>Its IPv6 link-local address, first octet highest; null when it has none.</summary>
    public UInt128? LinkLocal { get; init; }

    /// <summary>Whether the address is in a network of one of the interface's own addresses; a /32 is no network.</summary>
    public bool IsInSubnet(uint address)
    {
        foreach (var own in Addresses)
            if (own.PrefixLength < 32 && own.Contains(address)) return true;
        return false;
    }
}
