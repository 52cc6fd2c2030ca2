using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Wire.Tests.Oracle;

/// <summary>Answers with every option that a server of ours writes.</summary>
internal static class OurReplies
{
    private static readonly Ipv4Address Server = Ipv4Address.Parse("10.77.0.1"), Client = Ipv4Address.Parse("10.77.0.11");

    public static byte[] Offer() => Reply(DhcpMessageType.Offer, (ref writer) =>
    {
        AddLease(ref writer);
        AddHost(ref writer);
        AddBoot(ref writer);
    });

    public static byte[] Ack() => Reply(DhcpMessageType.Ack, (ref writer) =>
    {
        AddLease(ref writer);
        writer.Add(DhcpOptions.RapidCommit, true);
        AddBoot(ref writer);
    });

    public static byte[] Nak() => Reply(DhcpMessageType.Nak, (ref writer) => writer.Add(DhcpOptions.Message, "wrong network"));

    /// <summary>A boot file URL of 255 octets, a root path in two parts, and the rest moved into file and sname.</summary>
    public static byte[] SplitAndMoved() => Reply(DhcpMessageType.Ack, maximumMessageSize: 1024, names: false, fill: (ref writer) =>
    {
        writer.Yiaddr = Client;
        writer.Add(DhcpOptions.BootFileName, "http://10.77.0.1/" + new string('u', 238));
        writer.Add(DhcpOptions.RootPath, "nfs:" + new string('r', 296));
        writer.Add(DhcpOptions.DomainName, new string('d', 100) + ".example");
        writer.Add(DhcpOptions.PxelinuxConfigFile, new string('c', 110));
        writer.Add(DhcpOptions.PxelinuxPathPrefix, new string('p', 55));
        AddLease(ref writer);
    });

    /// <summary>The codes in the order in which they are read.</summary>
    public static string[] Codes(byte[] message)
    {
        Assert.True(DhcpPacket.TryParse(message, new byte[message.Length], out var packet, out _));
        var codes = new List<string>();
        foreach (var option in packet.Options) codes.Add(option.Code.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return [.. codes];
    }

    private static void AddLease(ref DhcpWriter writer)
    {
        writer.Yiaddr = Client;
        writer.Add(DhcpOptions.LeaseTime, 43200u);
        writer.Add(DhcpOptions.RenewalTime, 21600u);
        writer.Add(DhcpOptions.RebindingTime, 37800u);
        writer.Add(DhcpOptions.SubnetMask, Ipv4Network.Parse("10.77.0.0/16").Mask);
        writer.Add(DhcpOptions.Routers, [Server]);
    }

    private static void AddHost(ref DhcpWriter writer)
    {
        writer.Add(DhcpOptions.DnsServers, [Server, Client]);
        writer.Add(DhcpOptions.NtpServers, [Server]);
        writer.Add(DhcpOptions.BroadcastAddress, Ipv4Network.Parse("10.77.0.0/16").BroadcastAddress);
        writer.Add(DhcpOptions.HostName, "n001");
        writer.Add(DhcpOptions.DomainName, "room.example");
        writer.Add(DhcpOptions.RootPath, "/srv/root");
        writer.Add(DhcpOptions.InterfaceMtu, (ushort)1500);
        writer.Add(DhcpOptions.ClientFqdn, new ClientFqdn([3, 255, 255, .. "n001.room.example"u8]));
        writer.Add(DhcpOptions.ClientIdentifier, [1, 0x52, 0x54, 0, 0x77, 0, 1]);
        writer.Add(DhcpOptions.MachineIdentifier, Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"));
    }

    private static void AddBoot(ref DhcpWriter writer)
    {
        writer.Siaddr = Server;
        writer.Add(DhcpOptions.VendorClass, "PXEClient");
        writer.Add(DhcpOptions.TftpServerName, "10.77.0.1");
        writer.Add(DhcpOptions.BootFileName, "lpxelinux.0");
        writer.Add(DhcpOptions.BootFileSize, (ushort)100);
        writer.Add(DhcpOptions.TftpServers, [Server]);
        writer.Add(DhcpOptions.PxelinuxConfigFile, "pxelinux.cfg/n001");
        writer.Add(DhcpOptions.PxelinuxPathPrefix, "http://10.77.0.1/pl/");
        writer.Add(DhcpOptions.PxelinuxRebootTime, 30u);

        var pxe = new EncapsulatedWriter(stackalloc byte[64]);
        pxe.Add(PxeOptions.DiscoveryControl, (byte)8);
        pxe.Add(PxeOptions.BootMenu, [0, 0, 4, .. "boot"u8]);
        pxe.Add(PxeOptions.MenuPrompt, [0, .. "boot"u8]);
        Assert.True(pxe.TryFinish(out var vendor));
        writer.Add(DhcpOptions.VendorSpecific, vendor);

        var ipxe = new EncapsulatedWriter(stackalloc byte[80]);
        ipxe.Add(IpxeOptions.NoPxeDhcp, (byte)1);
        ipxe.Add(IpxeOptions.Scriptlet, "ifopen && chain http://10.77.0.1/r2.ipxe || autoboot"u8);
        Assert.True(ipxe.TryFinish(out var encapsulated));
        writer.Add(DhcpOptions.Ipxe, encapsulated);
    }

    private delegate void Fill(ref DhcpWriter writer);

    private static byte[] Reply(DhcpMessageType type, Fill fill, ushort maximumMessageSize = 1500, bool names = true)
    {
        var request = new byte[600];
        Assert.True(DhcpPacket.TryParse(request.AsSpan(0, WriteRequest(request, maximumMessageSize)), out var packet, out _));
        var buffer = new byte[1472];
        var writer = DhcpWriter.ReplyTo(packet, buffer);
        if (names)
        {
            writer.SetFile("lpxelinux.0"u8);
            writer.SetSname("head1"u8);
        }
        writer.Add(DhcpOptions.MessageType, type);
        writer.Add(DhcpOptions.ServerIdentifier, Server);
        fill(ref writer);
        Assert.True(writer.TryFinish(out var length));
        return buffer[..length];
    }

    private static int WriteRequest(byte[] buffer, ushort maximumMessageSize)
    {
        var relay = new EncapsulatedWriter(stackalloc byte[64]);
        relay.Add(RelayAgentOptions.CircuitId, "port7"u8);
        relay.Add(RelayAgentOptions.RemoteId, "switch3"u8);
        relay.Add(RelayAgentOptions.LinkSelection, Ipv4Address.Parse("10.78.0.0"));
        relay.Add(RelayAgentOptions.ServerIdentifierOverride, Ipv4Address.Parse("10.78.0.2"));
        Assert.True(relay.TryFinish(out var information));
        var writer = new DhcpWriter(buffer, DhcpOp.Request) { Xid = 0xDECADE01, Chaddr = MacAddress.Parse("52:54:00:77:00:01") };
        writer.Add(DhcpOptions.MessageType, DhcpMessageType.Request);
        writer.Add(DhcpOptions.MaximumMessageSize, maximumMessageSize);
        writer.Add(DhcpOptions.RelayAgentInformation, information);
        Assert.True(writer.TryFinish(out var length));
        return length;
    }
}
