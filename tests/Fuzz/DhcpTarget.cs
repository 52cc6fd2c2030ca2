using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Fuzz;

internal static class DhcpTarget
{
    /// <summary>What is taken can be read in full, and answered by a message that is taken again.</summary>
    public static void Feed(byte[] input)
    {
        if (!DhcpPacket.TryParse(input, new byte[input.Length], out var packet, out var refusal))
        {
            Assert.NotEqual(DhcpRefusal.None, refusal);
            Assert.NotEqual(DhcpRefusal.NoRoomToJoin, refusal); // as much scratch as packet is always enough
            return;
        }
        Assert.True(packet.File.Length <= 128 && packet.Sname.Length <= 64);
        _ = packet.Chaddr.Value + packet.Xid + packet.Secs + packet.Giaddr.Value;
        foreach (var option in packet.Options)
        {
            Assert.True(packet.TryGetOctets(option.Code, out var octets));
            Assert.True(octets.Length >= option.Value.Length);
        }
        ReadKinds(packet);
        Answer(packet);
    }

    private static void ReadKinds(in DhcpPacket packet)
    {
        packet.TryGet(DhcpOptions.RequestedAddress, out _);
        packet.TryGet(DhcpOptions.VendorClass, out _);
        packet.TryGet(DhcpOptions.ClientIdentifier, out _);
        packet.TryGet(DhcpOptions.MachineIdentifier, out _);
        packet.TryGet(DhcpOptions.NetworkInterface, out _);
        packet.TryGet(DhcpOptions.RapidCommit, out _);
        if (packet.TryGet(DhcpOptions.ClientFqdn, out var fqdn)) _ = fqdn.Name.Length + fqdn.Flags;
        if (packet.TryGet(DhcpOptions.ClientArchitecture, out var architectures)) Assert.NotEqual(0, architectures.Count);
        if (packet.TryGet(DhcpOptions.Routers, out var routers))
            foreach (var router in routers) _ = router.IsAny;
        if (packet.TryGet(DhcpOptions.UserClass, out var classes))
            foreach (var name in classes) Assert.False(name.IsEmpty);
        ReadEncapsulated(packet, DhcpOptions.VendorSpecific);
        ReadEncapsulated(packet, DhcpOptions.Ipxe);
        ReadEncapsulated(packet, DhcpOptions.RelayAgentInformation);
    }

    private static void ReadEncapsulated(in DhcpPacket packet, EncapsulatedOption kind)
    {
        if (!packet.TryGet(kind, out var options)) return;
        foreach (var option in options) Assert.True(option.Value.Length <= options.Octets.Length);
        options.TryGet(RelayAgentOptions.LinkSelection, out _);
        options.TryGet(IpxeOptions.Scriptlet, out _);
    }

    private static void Answer(in DhcpPacket packet)
    {
        var buffer = new byte[1472];
        var writer = DhcpWriter.ReplyTo(packet, buffer);
        writer.Add(DhcpOptions.MessageType, DhcpMessageType.Offer);
        writer.TryAdd(DhcpOptions.BootFileName, "http://10.77.0.1/boot"u8);
        foreach (var option in packet.Options)
            if (option.Code is not (52 or 53 or 82)) writer.TryAddOctets(option.Code, option.Value);
        Assert.True(writer.TryFinish(out var length));
        Assert.InRange(length, 300, DhcpWriter.MessageLimit(packet));
        Assert.True(DhcpPacket.TryParse(buffer.AsSpan(0, length), new byte[length], out var answer, out _));
        Assert.Equal(packet.Xid, answer.Xid);
        Assert.Equal(DhcpMessageType.Offer, answer.MessageType);
    }
}
