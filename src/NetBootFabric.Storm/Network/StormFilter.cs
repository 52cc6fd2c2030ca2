using NetBootFabric.Sockets;

namespace NetBootFabric.Storm.Network;

/// <summary>What the kernel hands to the simulated clients: ARP, and UDP and TCP in whole IPv4 datagrams, but not what this machine itself sends.</summary>
internal static class StormFilter
{
    private const ushort LoadWord = 0x20, LoadHalf = 0x28, LoadByte = 0x30, JumpIfEqual = 0x15, JumpIfAnySet = 0x45, Return = 0x06;
    private const uint PacketTypeOfFrame = 0xFFFF_F004; // SKF_AD_OFF + SKF_AD_PKTTYPE
    private const uint Outgoing = 4, Everything = 0x0004_0000;

    public static PacketFilter Program { get; } = PacketFilter.Untagged(
        new FilterInstruction(LoadWord, 0, 0, PacketTypeOfFrame),
        new FilterInstruction(JumpIfEqual, 8, 0, Outgoing),
        new FilterInstruction(LoadHalf, 0, 0, 12),
        new FilterInstruction(JumpIfEqual, 5, 0, 0x0806),
        new FilterInstruction(JumpIfEqual, 0, 5, 0x0800),
        new FilterInstruction(LoadHalf, 0, 0, 20),                    // flags and fragment offset
        new FilterInstruction(JumpIfAnySet, 3, 0, 0x3FFF),
        new FilterInstruction(LoadByte, 0, 0, 23),                    // protocol
        new FilterInstruction(JumpIfEqual, 0, 2, 17),
        new FilterInstruction(Return, 0, 0, Everything),
        new FilterInstruction(Return, 0, 0, 0),
        new FilterInstruction(JumpIfEqual, 0, 1, 6),
        new FilterInstruction(Return, 0, 0, Everything),
        new FilterInstruction(Return, 0, 0, 0));
}
