using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetBootFabric.Sockets;

/// <summary>What the kernel thinks of a neighbour entry (NUD_*).</summary>
[Flags]
public enum NeighbourState : ushort
{
    None = 0,
    Incomplete = 0x01,

    /// <summary>Used without asking, for about base_reachable_time (15 to 45 s); stale after that.</summary>
    Reachable = 0x02,

    /// <summary>Used at once; the kernel then confirms it by ARP in the background.</summary>
    Stale = 0x04,
    Delay = 0x08,
    Probe = 0x10,
    Failed = 0x20,
    NoArp = 0x40,

    /// <summary>Used until deleted.</summary>
    Permanent = 0x80,
}

/// <summary>One neighbour: an IPv4 address in host order and a MAC address in the low 48 bits, first octet highest; 0 when not resolved.</summary>
public readonly record struct NeighbourEntry(int InterfaceIndex, uint Address, ulong Mac, NeighbourState State);

/// <summary>The kernel's ARP cache over rtnetlink, of the network namespace that the opening thread is in. From any thread; changing it takes CAP_NET_ADMIN.</summary>
public sealed class NeighbourTable : IDisposable
{
    private const ushort Destination = 1, LinkAddress = 2; // NDA_DST, NDA_LLADDR

    private readonly NetlinkSocket _netlink = new();

    /// <summary>Makes or replaces an entry, so that the next packet to <paramref name="address"/> goes to <paramref name="mac"/> without ARP. ENOBUFS: the table is full (gc_thresh3).</summary>
    public Errno Set(int interfaceIndex, uint address, ulong mac, NeighbourState state)
    {
        Span<byte> octets = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(octets, mac << 16);
        lock (_netlink.Turn)
        {
            var message = Begin(NetlinkType.NewNeighbour, NetlinkFlag.Create | NetlinkFlag.Replace | NetlinkFlag.Acknowledge, interfaceIndex, state);
            message.Address(Destination, address);
            message.Attribute(LinkAddress, octets[..6]);
            return _netlink.Request(message.Finish());
        }
    }

    /// <summary>ENOENT when there is none.</summary>
    public Errno Delete(int interfaceIndex, uint address)
    {
        lock (_netlink.Turn)
        {
            var message = Begin(NetlinkType.DeleteNeighbour, NetlinkFlag.Acknowledge, interfaceIndex, NeighbourState.None);
            message.Address(Destination, address);
            return _netlink.Request(message.Finish());
        }
    }

    /// <summary>Adds the IPv4 entries of one interface, or of all for 0, to <paramref name="entries"/>.</summary>
    public Errno Dump(int interfaceIndex, List<NeighbourEntry> entries)
    {
        lock (_netlink.Turn)
        {
            var message = Begin(NetlinkType.GetNeighbour, NetlinkFlag.Dump, interfaceIndex, NeighbourState.None);
            return _netlink.Dump(message.Finish(), (type, body) => Collect(type, body, interfaceIndex, entries), out _);
        }
    }

    public void Dispose() => _netlink.Dispose();

    private NetlinkMessage Begin(ushort type, int flags, int interfaceIndex, NeighbourState state)
    {
        var message = _netlink.Begin(type, (ushort)flags);
        message.Fixed(new NeighbourPart { Family = Libc.AF_INET, InterfaceIndex = interfaceIndex, State = (ushort)state });
        return message;
    }

    private static void Collect(ushort type, ReadOnlySpan<byte> body, int interfaceIndex, List<NeighbourEntry> entries)
    {
        if (type != NetlinkType.NewNeighbour || body.Length < Unsafe.SizeOf<NeighbourPart>()) return;
        var part = MemoryMarshal.Read<NeighbourPart>(body);
        if (part.Family != Libc.AF_INET || (interfaceIndex != 0 && part.InterfaceIndex != interfaceIndex)) return;
        var (address, mac) = (0u, 0ul);
        var attributes = new NetlinkAttributes(body[Unsafe.SizeOf<NeighbourPart>()..]);
        while (attributes.MoveNext())
        {
            if (attributes is { Type: Destination, Value.Length: 4 }) address = BinaryPrimitives.ReadUInt32BigEndian(attributes.Value);
            if (attributes is { Type: LinkAddress, Value.Length: 6 }) mac = LinkAddresses.Read(attributes.Value);
        }
        entries.Add(new NeighbourEntry(part.InterfaceIndex, address, mac, (NeighbourState)part.State));
    }
}

internal static class LinkAddresses
{
    /// <summary>Six octets into the low 48 bits, first octet highest.</summary>
    public static ulong Read(ReadOnlySpan<byte> octets) =>
        ((ulong)BinaryPrimitives.ReadUInt16BigEndian(octets) << 32) | BinaryPrimitives.ReadUInt32BigEndian(octets[2..]);
}
