using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace NetBootFabric.Sockets;

/// <summary>
/// The network interfaces, read by rtnetlink and not from /sys: /sys shows the namespace it was mounted in, netlink the one the calling thread is in.
/// </summary>
public static class InterfaceTable
{
    private const ushort LinkAddress = 1, LinkName = 3, LinkMtu = 4; // IFLA_ADDRESS, IFLA_IFNAME, IFLA_MTU
    private const ushort LinkInfo = 18, PortKind = 4;                // IFLA_LINKINFO, in it IFLA_INFO_SLAVE_KIND
    private const ushort Address = 1, Local = 2;                     // IFA_ADDRESS, IFA_LOCAL
    private const uint Up = 0x1, Loopback = 0x8, Running = 0x40;     // IFF_*
    private const byte LinkScope = 253;                              // RT_SCOPE_LINK
    private const int Attempts = 5;

    /// <exception cref="SocketSetupException">The kernel refused.</exception>
    public static IReadOnlyList<NetworkInterfaceInfo> Read()
    {
        using var netlink = new NetlinkSocket();
        var interfaces = new List<NetworkInterfaceInfo>();
        Dump(netlink, NetlinkType.GetLink, 0, interfaces.Clear, body => AddLink(body, interfaces));
        var addresses = new List<(int Index, InterfaceAddress Address)>();
        Dump(netlink, NetlinkType.GetAddress, Libc.AF_INET, addresses.Clear, body => AddAddress(body, addresses));
        var linkLocals = new Dictionary<int, UInt128>();
        Dump(netlink, NetlinkType.GetAddress, Libc.AF_INET6, linkLocals.Clear, body => AddLinkLocal(body, linkLocals));
        return
        [
            .. interfaces.Select(link => link with
            {
                Addresses = [.. addresses.Where(a => a.Index == link.Index).Select(a => a.Address)],
                LinkLocal = linkLocals.TryGetValue(link.Index, out var linkLocal) ? linkLocal : null,
            }),
        ];
    }

    /// <summary>Null when there is none of that name.</summary>
    public static NetworkInterfaceInfo? Find(string name) => Read().FirstOrDefault(link => link.Name == name);

    /// <exception cref="SocketSetupException">There is none of that name; the message lists those there are.</exception>
    public static NetworkInterfaceInfo Get(string name)
    {
        var interfaces = Read();
        return interfaces.FirstOrDefault(link => link.Name == name)
            ?? throw new SocketSetupException($"there is no network interface '{name}'; there are: {string.Join(", ", interfaces.Select(link => link.Name))}", Errno.ENODEV);
    }

    private static void Dump(NetlinkSocket netlink, ushort type, int family, Action restart, Action<ReadOnlySpan<byte>> visit)
    {
        for (var attempt = 1; ; attempt++)
        {
            restart();
            lock (netlink.Turn)
            {
                var message = netlink.Begin(type, NetlinkFlag.Dump);
                message.Fixed(new LinkPart { Family = (byte)family });
                var error = netlink.Dump(message.Finish(), (_, body) => visit(body), out var interrupted);
                if (error != Errno.None) throw SetupAdvice.For(error, SetupStep.Open, "the table of network interfaces");
                if (!interrupted || attempt == Attempts) return;
            }
        }
    }

    private static void AddLink(ReadOnlySpan<byte> body, List<NetworkInterfaceInfo> interfaces)
    {
        if (body.Length < Unsafe.SizeOf<LinkPart>()) return;
        var part = MemoryMarshal.Read<LinkPart>(body);
        var (name, mac, mtu, port) = ("", 0ul, 0, "");
        var attributes = new NetlinkAttributes(body[Unsafe.SizeOf<LinkPart>()..]);
        while (attributes.MoveNext())
        {
            if (attributes.Type == LinkName) name = Encoding.UTF8.GetString(attributes.Value.TrimEnd((byte)0));
            if (attributes is { Type: LinkAddress, Value.Length: 6 }) mac = LinkAddresses.Read(attributes.Value);
            if (attributes.Type == LinkInfo) port = PortOf(attributes.Value);
            if (attributes is { Type: LinkMtu, Value.Length: 4 }) mtu = MemoryMarshal.Read<int>(attributes.Value);
        }
        interfaces.Add(new NetworkInterfaceInfo(part.InterfaceIndex, name, mac, mtu, Has(part, Up), Has(part, Running),
            Has(part, Loopback), [])
        { PortOf = port });
    }

    private static string PortOf(ReadOnlySpan<byte> information)
    {
        var attributes = new NetlinkAttributes(information);
        while (attributes.MoveNext())
            if (attributes.Type == PortKind) return Encoding.UTF8.GetString(attributes.Value.TrimEnd((byte)0));
        return "";
    }

    private static void AddAddress(ReadOnlySpan<byte> body, List<(int Index, InterfaceAddress Address)> addresses)
    {
        if (body.Length < Unsafe.SizeOf<AddressPart>()) return;
        var part = MemoryMarshal.Read<AddressPart>(body);
        if (part.Family != Libc.AF_INET) return;
        uint? address = null, local = null;
        var attributes = new NetlinkAttributes(body[Unsafe.SizeOf<AddressPart>()..]);
        while (attributes.MoveNext())
        {
            if (attributes is { Type: Address, Value.Length: 4 }) address = BinaryPrimitives.ReadUInt32BigEndian(attributes.Value);
            if (attributes is { Type: Local, Value.Length: 4 }) local = BinaryPrimitives.ReadUInt32BigEndian(attributes.Value);
        }
        // On point-to-point links IFA_ADDRESS is the peer's; ours is IFA_LOCAL.
        if ((local ?? address) is { } ours) addresses.Add((part.InterfaceIndex, new InterfaceAddress(ours, part.PrefixLength)));
    }

    private static void AddLinkLocal(ReadOnlySpan<byte> body, Dictionary<int, UInt128> linkLocals)
    {
        if (body.Length < Unsafe.SizeOf<AddressPart>()) return;
        var part = MemoryMarshal.Read<AddressPart>(body);
        if (part.Family != Libc.AF_INET6 || part.Scope != LinkScope) return;
        var attributes = new NetlinkAttributes(body[Unsafe.SizeOf<AddressPart>()..]);
        while (attributes.MoveNext())
            if (attributes is { Type: Address, Value.Length: 16 }) linkLocals.TryAdd(part.InterfaceIndex, BinaryPrimitives.ReadUInt128BigEndian(attributes.Value));
    }

    private static bool Has(LinkPart part, uint flag) => (part.Flags & flag) != 0;
}
