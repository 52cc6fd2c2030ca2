using NetBootFabric.Testing.Captures;
using NetBootFabric.Wire.Arp;
using NetBootFabric.Wire.Ndp;
using NetBootFabric.Wire.Tftp;

namespace NetBootFabric.Wire.Tests.Oracle;

/// <summary>What we write is decoded by another implementation: nothing malformed, no warning, and the values that were meant.</summary>
public sealed class TsharkTests
{
    private static readonly MacAddress ServerMac = MacAddress.Parse("52:54:00:77:00:fe"), ClientMac = MacAddress.Parse("52:54:00:77:00:01");
    private static readonly Ipv4Address Server = Ipv4Address.Parse("10.77.0.1"), Client = Ipv4Address.Parse("10.77.0.11");

    [Fact]
    public void Every_dhcp_answer_decodes_cleanly()
    {
        byte[][] messages = [OurReplies.Offer(), OurReplies.Ack(), OurReplies.Nak(), OurReplies.SplitAndMoved()];
        var decoded = Tshark.DecodeClean(
            messages.Select(message => Udp(message, 67, 68)),
            "dhcp.option.dhcp", "dhcp.id", "dhcp.ip.your", "dhcp.file", "dhcp.option.dhcp_server_id", "dhcp.option.type");

        Assert.Equal(["2", "5", "6", "5"], decoded.Select(row => row[0].Single()));
        Assert.All(decoded, row => Assert.Equal("0xdecade01", row[1].Single()));
        Assert.Equal(["10.77.0.11", "10.77.0.11", "0.0.0.0", "10.77.0.11"], decoded.Select(row => row[2].Single()));
        Assert.Equal("lpxelinux.0", decoded[0][3].Single());
        Assert.All(decoded, row => Assert.Equal("10.77.0.1", row[4].Single()));
        for (var i = 0; i < messages.Length; i++) Assert.Equal(OurReplies.Codes(messages[i]).Order(), decoded[i][5].Where(code => code is not ("0" or "255")).Order());
    }

    [Fact]
    public void The_options_of_network_booting_decode_to_what_was_meant()
    {
        var row = Tshark.DecodeClean([Udp(OurReplies.Offer(), 67, 68)],
            "dhcp.option.vendor_class_id", "dhcp.option.agent_information_option.server_id_override", "dhcp.option.vendor.pxeclient.discovery_control", "dhcp.client_id.uuid",
            "dhcp.option.agent_information_option.link_selection").Single();
        Assert.Equal(["PXEClient"], row[0]);
        Assert.Equal(["10.78.0.2"], row[1]);
        Assert.Equal(["0x08"], row[2]);
        Assert.Equal(["00112233-4455-6677-8899-aabbccddeeff"], row[3]);
        Assert.Equal(["10.78.0.0"], row[4]);
    }

    [Fact]
    public void Every_tftp_packet_decodes_cleanly()
    {
        var decoded = Tshark.DecodeClean(
            [
                Udp(Request(), 2070, 69, fromClient: true), Udp(OptionAck(), 40000, 2070), Udp(Ack(0), 2070, 40000, fromClient: true),
                Udp(Data(1, 1468), 40000, 2070), Udp(Data(2, 100), 40000, 2070), Udp(Ack(2), 2070, 40000, fromClient: true),
                Udp(Request(), 2071, 69, fromClient: true), Udp(Error(), 40000, 2071),
            ],
            "tftp.opcode", "tftp.source_file", "tftp.block", "tftp.option.name", "tftp.option.value", "tftp.error.code", "tftp.error.message");

        Assert.Equal(["1", "6", "4", "3", "3", "4", "1", "5"], decoded.Select(row => row[0].Single()));
        Assert.Equal(["grub/grub.cfg"], decoded[0][1]);
        Assert.Equal(["0", "1", "2", "2"], decoded.Skip(2).Take(4).Select(row => row[2].Single()));
        Assert.Equal(["tsize", "blksize", "timeout", "windowsize"], decoded[1][3]);
        Assert.Equal(["173792", "1468", "2", "16"], decoded[1][4]);
        Assert.Equal(["1"], decoded[7][5]);
        Assert.Equal(["no such file"], decoded[7][6]);
    }

    [Fact]
    public void Every_arp_packet_decodes_cleanly()
    {
        var decoded = Tshark.DecodeClean(
            [
                Arp(ArpPacket.Request(ServerMac, Server, Client)), Arp(ArpPacket.Request(ClientMac, Client, Server).Answer(ServerMac)),
                Arp(ArpPacket.Probe(ServerMac, Client)), Arp(ArpPacket.Announcement(ServerMac, Server)),
            ],
            "arp.opcode", "arp.src.proto_ipv4", "arp.dst.proto_ipv4", "arp.isprobe", "arp.isannouncement");

        Assert.Equal(["1", "2", "1", "1"], decoded.Select(row => row[0].Single()));
        Assert.Equal(["10.77.0.1", "10.77.0.1", "0.0.0.0", "10.77.0.1"], decoded.Select(row => row[1].Single()));
        Assert.Equal("1", decoded[2][3].Single());
        Assert.Equal("1", decoded[3][4].Single());
    }

    [Fact]
    public void Router_solicitations_and_advertisements_decode_cleanly()
    {
        var (server, client) = (Ipv6Address.LinkLocal(ServerMac), Ipv6Address.LinkLocal(ClientMac));
        var asked = new byte[RouterSolicitation.LargestFrame];
        Assert.True(new RouterSolicitation(client, ClientMac).TryWriteFrame(asked, ClientMac, out _));
        var decoded = Tshark.DecodeClean(
            [asked, Advertisement(default, server, client), Advertisement(new RouterAdvertisement { Lifetime = 1800, HopLimit = 64, IsManaged = true }, server, Ipv6Address.AllNodes)],
            "icmpv6.type", "ipv6.src", "ipv6.dst", "ipv6.hlim", "icmpv6.checksum.status", "icmpv6.nd.ra.router_lifetime", "icmpv6.nd.ra.flag", "icmpv6.opt.type");

        Assert.Equal(["133", "134", "134"], decoded.Select(row => row[0].Single()));
        Assert.Equal(["fe80::5054:ff:fe77:1", "fe80::5054:ff:fe77:fe", "fe80::5054:ff:fe77:fe"], decoded.Select(row => row[1].Single()));
        Assert.Equal(["ff02::2", "fe80::5054:ff:fe77:1", "ff02::1"], decoded.Select(row => row[2].Single()));
        Assert.All(decoded, row => Assert.Equal(("255", "1"), (row[3].Single(), row[4].Single()))); // 1: the checksum is good
        Assert.Equal(["0", "1800"], decoded.Skip(1).Select(row => row[5].Single()));
        Assert.Equal(["0x00", "0x80"], decoded.Skip(1).Select(row => row[6].Single()));
        Assert.Equal([1, 0, 0], decoded.Select(row => row[7].Length));
    }

    [Fact]
    public void A_packet_that_is_wrong_is_told_apart()
    {
        var wrong = Udp(OurReplies.Ack(), 67, 68);
        wrong[40] ^= 0xFF; // the UDP checksum
        var cut = Udp(OurReplies.Ack()[..246], 67, 68); // inside an option
        var complaints = Assert.ThrowsAny<Exception>(() => Tshark.DecodeClean([OurFrame, wrong, cut]));
        Assert.DoesNotContain("frame 1:", complaints.Message, StringComparison.Ordinal);
        Assert.Contains("frame 2: Bad checksum", complaints.Message, StringComparison.Ordinal);
        Assert.Contains("frame 3: ", complaints.Message, StringComparison.Ordinal);
    }

    private static byte[] OurFrame => Udp(OurReplies.Nak(), 67, 68);

    private static byte[] Udp(byte[] payload, ushort sourcePort, ushort destinationPort, bool fromClient = false) =>
        Frames.Udp(payload, fromClient ? ClientMac : ServerMac, fromClient ? ServerMac : ClientMac,
            fromClient ? Client : Server, sourcePort, fromClient ? Server : Client, destinationPort);

    private static byte[] Arp(ArpPacket packet)
    {
        var frame = new byte[ArpPacket.FrameSize];
        Assert.True(packet.TryWriteFrame(frame, packet.Operation == ArpOperation.Reply ? ClientMac : MacAddress.Broadcast));
        return frame;
    }

    private static byte[] Advertisement(RouterAdvertisement advertisement, Ipv6Address source, Ipv6Address destination)
    {
        var frame = new byte[RouterAdvertisement.FrameSize];
        Assert.True(advertisement.TryWriteFrame(frame, ServerMac, ClientMac, source, destination));
        return frame;
    }

    private static byte[] Request()
    {
        var buffer = new byte[512];
        var writer = TftpWriter.ReadRequest(buffer, "grub/grub.cfg"u8);
        writer.AddOption(TftpOption.TransferSize, 0);
        writer.AddOption(TftpOption.BlockSize, 1468);
        return writer.TryFinish(out var length) ? buffer[..length] : throw new InvalidOperationException();
    }

    private static byte[] OptionAck()
    {
        var buffer = new byte[512];
        var writer = TftpWriter.OptionAck(buffer);
        writer.AddOption(TftpOption.TransferSize, 173792);
        writer.AddOption(TftpOption.BlockSize, 1468);
        writer.AddOption(TftpOption.Timeout, 2);
        writer.AddOption(TftpOption.WindowSize, 16);
        return writer.TryFinish(out var length) ? buffer[..length] : throw new InvalidOperationException();
    }

    private static byte[] Data(ushort block, int size)
    {
        var buffer = new byte[4 + size];
        Assert.True(TftpWriter.TryWriteData(buffer, block, new byte[size], out _));
        return buffer;
    }

    private static byte[] Ack(ushort block)
    {
        var buffer = new byte[4];
        Assert.True(TftpWriter.TryWriteAck(buffer, block, out _));
        return buffer;
    }

    private static byte[] Error()
    {
        var buffer = new byte[64];
        Assert.True(TftpWriter.TryWriteError(buffer, TftpErrorCode.FileNotFound, "no such file"u8, out var length));
        return buffer[..length];
    }
}
