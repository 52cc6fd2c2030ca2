using System.Runtime.InteropServices;

namespace NetBootFabric.Sockets;

/// <summary>struct nlmsghdr.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NetlinkHeader
{
    public uint Length;
    public ushort Type;
    public ushort Flags;
    public uint Sequence;
    public uint PortId;
}

/// <summary>struct rtattr.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct AttributeHeader
{
    public ushort Length;
    public ushort Type;
}

/// <summary>struct ndmsg.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NeighbourPart
{
    public byte Family;
    private readonly byte _padding1;
    private readonly ushort _padding2;
    public int InterfaceIndex;
    public ushort State;
    public byte Flags;
    public byte Type;
}

/// <summary>struct ifinfomsg.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct LinkPart
{
    public byte Family;
    private readonly byte _padding;
    public ushort HardwareType;
    public int InterfaceIndex;
    public uint Flags;
    public uint Change;
}

/// <summary>struct ifaddrmsg.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct AddressPart
{
    public byte Family;
    public byte PrefixLength;
    public byte Flags;
    public byte Scope;
    public int InterfaceIndex;
}

/// <summary>struct ifa_cacheinfo: seconds, and times that only the kernel writes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct AddressLifetimes
{
    public uint Preferred;
    public uint Valid;
    private readonly uint _created;
    private readonly uint _updated;
}

internal static class NetlinkType
{
    public const ushort Error = 2, Done = 3;
    public const ushort NewLink = 16, GetLink = 18, NewAddress = 20, DeleteAddress = 21, GetAddress = 22;
    public const ushort NewNeighbour = 28, DeleteNeighbour = 29, GetNeighbour = 30;
}

internal static class NetlinkFlag
{
    public const ushort Request = 1, Acknowledge = 4, DumpInterrupted = 0x10, Replace = 0x100, Exclusive = 0x200, Create = 0x400;
    public const ushort Dump = 0x300; // NLM_F_ROOT | NLM_F_MATCH
}
