using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetBootFabric.Sockets;

/// <summary>struct iovec.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct IoVector
{
    public byte* Base;
    public nuint Length;
}

/// <summary>struct msghdr, 56 octets.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct MessageHeader
{
    public void* Name;
    public uint NameLength;
    public IoVector* Vectors;
    public nuint VectorCount;
    public void* Control;
    public nuint ControlLength;
    public int Flags;
}

/// <summary>struct mmsghdr, 64 octets: a header and how many octets it received or sent.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct MessageHeaderSlot
{
    public MessageHeader Header;
    public uint Length;
}

/// <summary>struct cmsghdr: stands before each piece of ancillary data; pieces are aligned to eight octets.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ControlHeader
{
    public nuint Length;
    public int Level;
    public int Type;
}

/// <summary>struct in_pktinfo. Addresses are in network order.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PacketInfo
{
    public int InterfaceIndex;
    public uint SpecificDestination;
    public uint HeaderDestination;
}

/// <summary>struct sockaddr_in.</summary>
[StructLayout(LayoutKind.Sequential, Size = 16)]
internal struct InternetName(UdpEndpoint endpoint)
{
    public ushort Family = Libc.AF_INET;
    public ushort NetworkPort = BinaryPrimitives.ReverseEndianness(endpoint.Port);
    public uint NetworkAddress = BinaryPrimitives.ReverseEndianness(endpoint.Address);

    public readonly UdpEndpoint Endpoint => new(BinaryPrimitives.ReverseEndianness(NetworkAddress), BinaryPrimitives.ReverseEndianness(NetworkPort));
}

/// <summary>struct sockaddr_ll, 20 octets. The protocol is in network order.</summary>
[StructLayout(LayoutKind.Sequential, Size = 20)]
internal struct LinkName
{
    public ushort Family;
    public ushort NetworkProtocol;
    public int InterfaceIndex;
    public ushort HardwareType;
    public byte PacketType;
    public byte AddressLength;
    public ulong Address;
}

/// <summary>struct pollfd.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollDescriptor
{
    public int Descriptor;
    public short Events;
    public short Returned;
}

/// <summary>struct timespec.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TimeSpec
{
    public long Seconds;
    public long Nanoseconds;
}

/// <summary>struct sock_fprog.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct FilterProgram
{
    public ushort Length;
    public FilterInstruction* Instructions;
}

/// <summary>struct tpacket_stats.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PacketCounters
{
    public uint Packets;
    public uint Drops;
}

/// <summary>struct packet_mreq, 16 octets. The address is in wire order, its first octet lowest.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PacketMembership
{
    public int InterfaceIndex;
    public ushort Type;
    public ushort AddressLength;
    public ulong Address;
}

/// <summary>struct ifreq, 40 octets, of a request that carries flags.</summary>
[StructLayout(LayoutKind.Sequential, Size = 40)]
internal struct DeviceRequest
{
    public DeviceName Name;
    public ushort Flags;
}

/// <summary>IFNAMSIZ octets: the name of an interface, ended by a zero.</summary>
[InlineArray(16)]
internal struct DeviceName
{
    private byte _first;
}

/// <summary>struct linger.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Linger
{
    public int OnOff;
    public int Seconds;
}

/// <summary>struct statx, 256 octets, as far as it is read here.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct StatX
{
    [FieldOffset(28)] public ushort Mode;
    [FieldOffset(40)] public ulong Size;
    [FieldOffset(112)] public long ModifiedSeconds;
    [FieldOffset(120)] public uint ModifiedNanoseconds;
}

/// <summary>struct tcp_info of Linux 4.18 and later, as far as it is read here.</summary>
[StructLayout(LayoutKind.Explicit, Size = 200)]
internal struct TcpInformation
{
    [FieldOffset(16)] public uint SegmentSize;
    [FieldOffset(100)] public uint TotalRetransmitted;
    [FieldOffset(156)] public uint DataSegmentsOut;
    [FieldOffset(192)] public uint Delivered;
}
