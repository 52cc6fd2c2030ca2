using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Benchmarks;

/// <summary>An exchange of the size that PXE firmware makes: DISCOVER, OFFER, REQUEST, ACK.</summary>
internal static class Messages
{
    private static readonly Ipv4Address Server = Ipv4Address.Parse("10.64.0.1");

    public static byte[][] Exchange() =>
        [Question(DhcpMessageType.Discover), Answer(DhcpMessageType.Offer), Question(DhcpMessageType.Request), Answer(DhcpMessageType.Ack)];

    private static byte[] Question(DhcpMessageType type)
    {
        var buffer = new byte[1472];
        var writer = new DhcpWriter(buffer, DhcpOp.Request) { Chaddr = new MacAddress(0x5254_0000_0001), Xid = 0x1234_5678 };
        writer.Add(DhcpOptions.MessageType, type);
        writer.AddOctets(DhcpOptions.ParameterRequestList.Code, [.. Enumerable.Range(1, 36).Select(i => (byte)i)]);
        writer.Add(DhcpOptions.MaximumMessageSize, (ushort)1260);
        writer.AddOctets(DhcpOptions.MachineIdentifier.Code, [0, .. Guid.Parse("4c4c4544-0000-2010-8020-80c04f202020").ToByteArray()]);
        writer.AddOctets(DhcpOptions.ClientArchitecture.Code, [0, 0]);
        writer.AddOctets(DhcpOptions.NetworkInterface.Code, [1, 2, 1]);
        writer.Add(DhcpOptions.VendorClass, "PXEClient:Arch:00000:UNDI:002001");
        if (type == DhcpMessageType.Request) writer.Add(DhcpOptions.ServerIdentifier, Server);
        // Firmware sends 548 octets, whatever is in them.
        return writer.TryFinish(out var length) ? [.. buffer[..Math.Max(length, 548)]] : throw new InvalidOperationException("the message does not fit");
    }

    private static byte[] Answer(DhcpMessageType type)
    {
        var buffer = new byte[1472];
        var writer = new DhcpWriter(buffer, DhcpOp.Reply) { Chaddr = new MacAddress(0x5254_0000_0001), Xid = 0x1234_5678, Yiaddr = Ipv4Address.Parse("10.64.1.9"), Siaddr = Server };
        writer.SetFile("undionly.kpxe"u8);
        writer.Add(DhcpOptions.MessageType, type);
        writer.Add(DhcpOptions.ServerIdentifier, Server);
        writer.Add(DhcpOptions.LeaseTime, 43_200u);
        writer.Add(DhcpOptions.SubnetMask, Ipv4Address.Parse("255.240.0.0"));
        writer.Add(DhcpOptions.VendorClass, "PXEClient");
        writer.AddOctets(DhcpOptions.Ipxe.Code, [176, 1, 1, 81, 40, .. "ifopen && chain http://10.64.0.1/boot/xx"u8]);
        return writer.TryFinish(out var length) ? buffer[..length] : throw new InvalidOperationException("the message does not fit");
    }
}
