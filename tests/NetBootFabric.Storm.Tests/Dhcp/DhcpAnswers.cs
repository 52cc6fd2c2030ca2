using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Storm.Tests.Dhcp;

/// <summary>What a server says to a client's last message.</summary>
internal sealed record DhcpAnswers
{
    public static readonly Ipv4Address Server = Ipv4Address.Parse("10.77.0.1");
    public static readonly Ipv4Address Address = Ipv4Address.Parse("10.77.1.5");

    public string BootFile { get; init; } = "pxelinux.0";

    public string? VendorClass { get; init; }

    public byte[]? Ipxe { get; init; }

    public Ipv4Address Given { get; init; } = Address;

    public byte[] To(byte[] request, DhcpMessageType type)
    {
        Assert.True(DhcpPacket.TryParse(request, out var packet, out _));
        var buffer = new byte[1472];
        var writer = DhcpWriter.ReplyTo(packet, buffer);
        if (type != DhcpMessageType.Nak) writer.Yiaddr = Given;
        writer.Siaddr = Server;
        writer.SetFile(System.Text.Encoding.ASCII.GetBytes(BootFile));
        writer.Add(DhcpOptions.MessageType, type);
        writer.Add(DhcpOptions.ServerIdentifier, Server);
        writer.Add(DhcpOptions.SubnetMask, Ipv4Address.Parse("255.255.0.0"));
        writer.Add(DhcpOptions.Routers, [Server]);
        if (VendorClass is { } vendor) writer.Add(DhcpOptions.VendorClass, vendor);
        if (Ipxe is { } ipxe) writer.AddOctets(DhcpOptions.Ipxe.Code, ipxe);
        Assert.True(writer.TryFinish(out var length));
        return buffer[..length];
    }
}
