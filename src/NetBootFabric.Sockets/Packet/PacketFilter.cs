using System.Runtime.InteropServices;

namespace NetBootFabric.Sockets;

/// <summary>struct sock_filter: one instruction of a classic BPF program.</summary>
/// <param name="Code">Operation.</param>
/// <param name="JumpTrue">Instructions to skip when a comparison holds.</param>
/// <param name="JumpFalse">Instructions to skip when it does not.</param>
/// <param name="Value">Operand.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct FilterInstruction(ushort Code, byte JumpTrue, byte JumpFalse, uint Value);

/// <summary>A classic BPF program (socket filter) that the kernel runs on each frame before it is queued.</summary>
public sealed class PacketFilter
{
    private const ushort LoadHalf = 0x28;    // BPF_LD | BPF_H | BPF_ABS
    private const ushort LoadWord = 0x20;    // BPF_LD | BPF_W | BPF_ABS
    private const ushort LoadByte = 0x30;    // BPF_LD | BPF_B | BPF_ABS
    private const ushort JumpIfEqual = 0x15; // BPF_JMP | BPF_JEQ | BPF_K
    private const ushort JumpIfAnyBit = 0x45; // BPF_JMP | BPF_JSET | BPF_K
    private const ushort LoadHeaderLength = 0xB1; // BPF_LDX | BPF_B | BPF_MSH: X = 4 × the low half of an octet
    private const ushort LoadHalfAtX = 0x48; // BPF_LD | BPF_H | BPF_IND
    private const ushort Return = 0x06;      // BPF_RET | BPF_K

    // What the kernel knows beside the frame's octets (linux/filter.h: SKF_AD_OFF + SKF_AD_…).
    private const uint PacketType = 0xFFFF_F004, VlanTag = 0xFFFF_F02C, VlanTagPresent = 0xFFFF_F030;
    private const uint VlanIdentifier = 0x0FFF;

    private readonly FilterInstruction[] _instructions;

    /// <param name="instructions">As 'tcpdump -ddd' prints them.</param>
    public PacketFilter(params ReadOnlySpan<FilterInstruction> instructions) => _instructions = instructions.ToArray();

    public ReadOnlySpan<FilterInstruction> Instructions => _instructions;

    /// <summary>
    /// The program, asked of frames of the interface's own network alone. The kernel takes a VLAN's tag out of the frame before a socket sees it and keeps it beside the
    /// octets: offset 12 has none any more. Identifier 0 is a priority and no VLAN (IEEE 802.1Q).
    /// </summary>
    /// <remarks>Only a socket for everything (ETH_P_ALL) still sees tags; to those of one EtherType the frame of another VLAN is one for another host.</remarks>
    public static PacketFilter Untagged(params ReadOnlySpan<FilterInstruction> instructions) => new(
    [
        new FilterInstruction(LoadWord, 0, 0, VlanTagPresent),
        new FilterInstruction(JumpIfEqual, 3, 0, 0),
        new FilterInstruction(LoadWord, 0, 0, VlanTag),
        new FilterInstruction(JumpIfAnyBit, 0, 1, VlanIdentifier),
        new FilterInstruction(Return, 0, 0, 0),
        .. instructions,
    ]);

    /// <summary>The same, for frames to this host, to a group or to all: what other hosts say to each other, and what other VLANs carry, is nobody's business here.</summary>
    private static PacketFilter OfThisNetwork(params ReadOnlySpan<FilterInstruction> instructions) => Untagged(
    [
        new FilterInstruction(LoadWord, 0, 0, PacketType),
        new FilterInstruction(JumpIfEqual, 0, 1, (uint)PacketKind.OtherHost),
        new FilterInstruction(Return, 0, 0, 0),
        .. instructions,
    ]);

    /// <summary>
    /// ARP for IPv4 over Ethernet (RFC 826) in untagged frames. Keeps 60 octets, the least an Ethernet frame has:
    /// 14 Ethernet + 28 ARP + padding.
    /// </summary>
    public static PacketFilter Arp { get; } = OfThisNetwork(
        new FilterInstruction(LoadHalf, 0, 0, 12),
        new FilterInstruction(JumpIfEqual, 0, 5, 0x0806),
        new FilterInstruction(LoadWord, 0, 0, 14),
        new FilterInstruction(JumpIfEqual, 0, 3, 0x0001_0800), // hardware Ethernet, protocol IPv4
        new FilterInstruction(LoadHalf, 0, 0, 18),
        new FilterInstruction(JumpIfEqual, 0, 1, 0x0604),      // address lengths 6 and 4
        new FilterInstruction(Return, 0, 0, 60),
        new FilterInstruction(Return, 0, 0, 0));

    /// <summary>
    /// ICMPv6 router solicitations (RFC 4861 §4.1) in untagged frames. Keeps 256 octets: 14 Ethernet + 40 IPv6 + 8 ICMPv6 + options, of which
    /// hosts send one of 8.
    /// </summary>
    public static PacketFilter RouterSolicitation { get; } = OfThisNetwork(
        new FilterInstruction(LoadHalf, 0, 0, 12),
        new FilterInstruction(JumpIfEqual, 0, 5, 0x86DD),
        new FilterInstruction(LoadByte, 0, 0, 20),        // next header
        new FilterInstruction(JumpIfEqual, 0, 3, 58),
        new FilterInstruction(LoadByte, 0, 0, 54),        // type
        new FilterInstruction(JumpIfEqual, 0, 1, 133),
        new FilterInstruction(Return, 0, 0, 256),
        new FilterInstruction(Return, 0, 0, 0));

    /// <summary>
    /// What DHCP servers say to clients: UDP from port 67 to port 68 over IPv4, in untagged frames, not in fragments. Keeps 1514 octets, a whole Ethernet frame.
    /// </summary>
    public static PacketFilter DhcpAnswers { get; } = OfThisNetwork(FromServers);

    /// <summary>The same to any machine, for a promiscuous socket for everything (ETH_P_ALL) that speaks for one which does not exist.</summary>
    public static PacketFilter DhcpAnswersToAnybody { get; } = Untagged(FromServers);

    /// <summary>ICMPv6 router advertisements (RFC 4861 §4.2) in untagged frames, whole.</summary>
    public static PacketFilter RouterAdvertisement { get; } = OfThisNetwork(
        new FilterInstruction(LoadHalf, 0, 0, 12),
        new FilterInstruction(JumpIfEqual, 0, 5, 0x86DD),
        new FilterInstruction(LoadByte, 0, 0, 20),        // next header
        new FilterInstruction(JumpIfEqual, 0, 3, 58),
        new FilterInstruction(LoadByte, 0, 0, 54),        // type
        new FilterInstruction(JumpIfEqual, 0, 1, 134),
        new FilterInstruction(Return, 0, 0, 2048),
        new FilterInstruction(Return, 0, 0, 0));

    /// <summary>Nothing at all: for a socket that only sends.</summary>
    public static PacketFilter Nothing { get; } = new(new FilterInstruction(Return, 0, 0, 0));

    private static ReadOnlySpan<FilterInstruction> FromServers => (FilterInstruction[])
    [
        new FilterInstruction(LoadHalf, 0, 0, 12),
        new FilterInstruction(JumpIfEqual, 0, 10, 0x0800),
        new FilterInstruction(LoadByte, 0, 0, 23),
        new FilterInstruction(JumpIfEqual, 0, 8, 17),           // UDP
        new FilterInstruction(LoadHalf, 0, 0, 20),
        new FilterInstruction(JumpIfAnyBit, 6, 0, 0x1FFF),      // a later fragment has no ports
        new FilterInstruction(LoadHeaderLength, 0, 0, 14),
        new FilterInstruction(LoadHalfAtX, 0, 0, 14),           // source port
        new FilterInstruction(JumpIfEqual, 0, 3, 67),
        new FilterInstruction(LoadHalfAtX, 0, 0, 16),           // destination port
        new FilterInstruction(JumpIfEqual, 0, 1, 68),
        new FilterInstruction(Return, 0, 0, 1514),
        new FilterInstruction(Return, 0, 0, 0),
    ];
}
