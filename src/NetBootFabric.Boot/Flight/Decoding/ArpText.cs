using NetBootFabric.Wire.Arp;

namespace NetBootFabric.Boot.Flight.Decoding;

internal static class ArpText
{
    public static PacketText Of(ReadOnlySpan<byte> octets)
    {
        if (!ArpPacket.TryParse(octets, out var packet, out var refusal)) return PacketText.Unreadable("ARP", refusal.ToString(), octets);
        return new PacketText(packet switch
        {
            { IsProbe: true } => $"probe: does anybody use {packet.TargetAddress}? ({packet.SenderMac})",
            { IsAnnouncement: true } => $"announcement: {packet.SenderAddress} is at {packet.SenderMac}",
            { Operation: ArpOperation.Request } => $"who has {packet.TargetAddress}? Tell {packet.SenderAddress} ({packet.SenderMac})",
            _ => $"{packet.SenderAddress} is at {packet.SenderMac}",
        });
    }
}
