using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Testing.Captures;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Dhcp.Tests.Codec;

/// <summary>Octets to inquiries and back.</summary>
internal static class Packets
{
    public static readonly Ingress Here = new(0, "eth1", Ipv4Address.Parse("10.77.0.1"), Ipv4Address.Any, 68, 67);

    public static readonly MacAddress Client = MacAddress.Parse("52:54:00:99:00:09");

    /// <summary>What clients sent in the capture; fails on one that can't be read.</summary>
    public static IEnumerable<DhcpInquiry> Inquiries(string capture)
    {
        foreach (var packet in GoldenPackets.Dhcp(capture))
        {
            var (inquiry, refusal) = Read(packet.Octets);
            if (refusal == InquiryRefusal.NotAClientsMessage) continue;
            Assert.True(inquiry is not null, $"{packet}: {refusal}");
            yield return inquiry;
        }
    }

    public static (DhcpInquiry? Inquiry, InquiryRefusal Refusal) Read(ReadOnlySpan<byte> octets)
    {
        if (!DhcpPacket.TryParse(octets, new byte[octets.Length], out var packet, out var malformed)) return (null, (InquiryRefusal)malformed);
        if (packet.Op == DhcpOp.Reply) return (null, InquiryRefusal.NotAClientsMessage);
        return new InquiryReader().TryRead(packet, Here, out var inquiry, out var refusal) ? (inquiry, refusal) : (null, refusal);
    }

    /// <summary>A client's message with options by code.</summary>
    public static byte[] Request(params (byte Code, byte[] Value)[] options) => Request(default, options);

    public static byte[] Request(Ipv4Address relay, params (byte Code, byte[] Value)[] options)
    {
        var buffer = new byte[1500];
        var writer = new DhcpWriter(buffer, DhcpOp.Request) { Chaddr = Client, Xid = 42, Giaddr = relay };
        foreach (var (code, value) in options) writer.AddOctets(code, value);
        Assert.True(writer.TryFinish(out var length));
        return buffer[..length];
    }

    public static byte[] Write(DhcpAnswer answer)
    {
        var buffer = new byte[ReplyWriter.LargestMessage];
        Assert.True(ReplyWriter.TryWrite(answer, buffer, out var length));
        return buffer[..length];
    }
}
