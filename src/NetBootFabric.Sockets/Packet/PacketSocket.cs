using System.Buffers.Binary;

namespace NetBootFabric.Sockets;

/// <summary>How to open a <see cref="PacketSocket"/>.</summary>
public sealed record PacketSocketOptions
{
    public required int InterfaceIndex { get; init; }

    /// <summary>Host order: 0x0806 ARP, 0x0800 IPv4, 3 (ETH_P_ALL) everything, outgoing frames too; 0 receives nothing, for a socket that only sends.</summary>
    public ushort EtherType { get; init; }

    /// <summary>In place before the first frame can be queued.</summary>
    public PacketFilter? Filter { get; init; }

    /// <summary>In the low 48 bits: a group that the interface shall receive as well (packet(7), PACKET_ADD_MEMBERSHIP); 0 joins none.</summary>
    public ulong Group { get; init; }

    /// <summary>Octets wanted for what waits to be received; 0 keeps the system's default.</summary>
    public int ReceiveBufferBytes { get; init; }

    /// <summary>Takes frames for other machines' MAC addresses too, while the socket is open.</summary>
    public bool Promiscuous { get; init; }
}

/// <summary>Whole Ethernet frames in and out of one interface (AF_PACKET, SOCK_RAW). One thread receives; any thread may send, wake and dispose.</summary>
public sealed unsafe class PacketSocket : IDisposable
{
    private const int EthernetHeader = 14;

    private readonly NativeSocket _socket;
    private readonly DropCounter _drops = new();

    private PacketSocket(NativeSocket socket, int interfaceIndex) => (_socket, InterfaceIndex) = (socket, interfaceIndex);

    public int InterfaceIndex { get; }

    public bool IsClosed => _socket.IsClosed;

    /// <summary>Frames that passed the filter but found the queue full, as told by the last frame received.</summary>
    public long Drops => _drops.Total;

    /// <summary>An ARP listener and sender on one interface.</summary>
    /// <inheritdoc cref="Open"/>
    public static PacketSocket OpenArp(int interfaceIndex) =>
        Open(new PacketSocketOptions { InterfaceIndex = interfaceIndex, EtherType = 0x0806, Filter = PacketFilter.Arp });

    /// <summary>Hears what hosts ask of all routers (33:33:00:00:00:02, RFC 2464 §7), and sends.</summary>
    /// <inheritdoc cref="Open"/>
    public static PacketSocket OpenRouterSolicitations(int interfaceIndex) =>
        Open(new PacketSocketOptions { InterfaceIndex = interfaceIndex, EtherType = 0x86DD, Filter = PacketFilter.RouterSolicitation, Group = 0x3333_0000_0002 });

    /// <summary>Hears what other DHCP servers broadcast on one interface; this machine's own frames are not among them.</summary>
    /// <inheritdoc cref="Open"/>
    public static PacketSocket OpenDhcpAnswers(int interfaceIndex) =>
        Open(new PacketSocketOptions { InterfaceIndex = interfaceIndex, EtherType = 0x0800, Filter = PacketFilter.DhcpAnswers });

    /// <summary>Hears what routers tell all nodes (33:33:00:00:00:01), and sends.</summary>
    /// <inheritdoc cref="Open"/>
    public static PacketSocket OpenRouterAdvertisements(int interfaceIndex) =>
        Open(new PacketSocketOptions { InterfaceIndex = interfaceIndex, EtherType = 0x86DD, Filter = PacketFilter.RouterAdvertisement, Group = 0x3333_0000_0001 });

    /// <exception cref="SocketSetupException">CAP_NET_RAW is missing, the interface does not exist or is down …</exception>
    public static PacketSocket Open(PacketSocketOptions options)
    {
        var purpose = $"a packet socket on interface {options.InterfaceIndex}";
        // Protocol 0 receives nothing, so that no frame slips in between the opening and the filter.
        var socket = NativeSocket.Open(Libc.AF_PACKET, Libc.SOCK_RAW, 0, purpose);
        try
        {
            Setup(socket, options, purpose);
            return new PacketSocket(socket, options.InterfaceIndex);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Waits for frames and fills the batch with what is there. 0 after a <see cref="Wake"/>, when closed, or after an error of the link.</summary>
    public int Receive(FrameBatch batch) => Receive(batch, Timeout.InfiniteTimeSpan);

    /// <inheritdoc cref="Receive(FrameBatch)"/>
    public int Receive(FrameBatch batch, TimeSpan timeout) => batch.Receive(_socket, timeout, _drops);

    /// <summary>Sends one frame, Ethernet header first, without waiting. ENOBUFS or EAGAIN: no room now. EMSGSIZE: more than the MTU.</summary>
    public Errno Send(ReadOnlySpan<byte> frame)
    {
        if (frame.Length < EthernetHeader) return Errno.EINVAL;
        fixed (byte* bytes = frame)
        {
            var vector = new IoVector { Base = bytes, Length = (nuint)frame.Length };
            // The frame's own type, since a socket that only sends is bound to none.
            var name = Name(InterfaceIndex, BinaryPrimitives.ReadUInt16BigEndian(frame[12..]));
            var message = new MessageHeader { Name = &name, NameLength = (uint)sizeof(LinkName), Vectors = &vector, VectorCount = 1 };
            var error = _socket.Send(&message);
            // The socket keeps the news that the link went down for its next call, be it up again by then.
            return error == Errno.ENETDOWN ? _socket.Send(&message) : error;
        }
    }

    /// <summary>Frames queued or dropped since the last call (PACKET_STATISTICS; reading sets the kernel's counters to zero).</summary>
    public (long Frames, long Drops) TakeStatistics()
    {
        PacketCounters counters;
        return _socket.GetOption(Libc.SOL_PACKET, Libc.PACKET_STATISTICS, &counters, sizeof(PacketCounters)) == Errno.None
            ? (counters.Packets, counters.Drops)
            : (0, 0);
    }

    public void Wake() => _socket.Wake();

    public void Dispose() => _socket.Dispose();

    private static void Setup(NativeSocket socket, PacketSocketOptions options, string purpose)
    {
        Require(socket.SetOption(Libc.SOL_SOCKET, Libc.SO_RXQ_OVFL, 1), SetupStep.Configure, purpose);
        if (options.Filter is { } filter) Require(Attach(socket, filter), SetupStep.Configure, purpose);
        SocketBuffer.Ask(socket, Libc.SO_RCVBUFFORCE, Libc.SO_RCVBUF, options.ReceiveBufferBytes);
        var name = Name(options.InterfaceIndex, options.EtherType);
        Require(socket.Bind(&name, sizeof(LinkName)), SetupStep.Bind, purpose);
        if (options.Promiscuous) Join(new PacketMembership { InterfaceIndex = options.InterfaceIndex, Type = Libc.PACKET_MR_PROMISC });
        if (options.Group != 0) Join(GroupOf(options));

        void Join(PacketMembership membership) =>
            Require(socket.SetOption(Libc.SOL_PACKET, Libc.PACKET_ADD_MEMBERSHIP, &membership, sizeof(PacketMembership)), SetupStep.Configure, purpose);
    }

    private static PacketMembership GroupOf(PacketSocketOptions options) => new()
    {
        InterfaceIndex = options.InterfaceIndex,
        Type = Libc.PACKET_MR_MULTICAST,
        AddressLength = 6,
        Address = BinaryPrimitives.ReverseEndianness(options.Group << 16),
    };

    private static void Require(Errno error, SetupStep step, string purpose)
    {
        if (error != Errno.None) throw SetupAdvice.For(error, step, purpose);
    }

    private static Errno Attach(NativeSocket socket, PacketFilter filter)
    {
        fixed (FilterInstruction* instructions = filter.Instructions)
        {
            var program = new FilterProgram { Length = (ushort)filter.Instructions.Length, Instructions = instructions };
            return socket.SetOption(Libc.SOL_SOCKET, Libc.SO_ATTACH_FILTER, &program, sizeof(FilterProgram));
        }
    }

    private static LinkName Name(int interfaceIndex, ushort etherType) =>
        new() { Family = Libc.AF_PACKET, InterfaceIndex = interfaceIndex, NetworkProtocol = BinaryPrimitives.ReverseEndianness(etherType) };
}
