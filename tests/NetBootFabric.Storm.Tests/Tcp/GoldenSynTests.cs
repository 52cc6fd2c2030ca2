using NetBootFabric.Storm.Tcp;
using NetBootFabric.Testing.Captures;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Ethernet;
using NetBootFabric.Wire.Ip;

namespace NetBootFabric.Storm.Tests.Tcp;

/// <summary>The first segment of a connection beside that of the real loaders: its window and options decide how a server sends.</summary>
public sealed class GoldenSynTests
{
    private static readonly Ipv4Address Server = Ipv4Address.Parse("10.77.0.1");

    [Theory]
    [InlineData("ipxe-bios-virtio", "ipxe")]
    [InlineData("ovmf-http4-virtio", "uefi")]
    [InlineData("lpxelinux-http", "lwip")]
    public void Window_and_options_of_a_SYN_are_the_captured_ones(string capture, string stack)
    {
        var frames = stack == "lwip" ? OwnCaptures.Frames(capture) : GoldenPackets.Frames(capture).Select(frame => frame.Octets);
        Assert.Equal(frames.Select(Syn).OfType<string>().First(), Sent(stack));
    }

    private static string Sent(string stack)
    {
        var wire = new SentFrames();
        var station = wire.NewStation();
        station.Configure(Ipv4Address.Parse("10.77.1.5"), Ipv4Address.Parse("255.255.0.0"), default);
        station.Resolve(Server, MacAddress.Parse("02:00:00:00:00:01"));
        station.Connect(stack switch { "uefi" => TcpManner.Uefi, "lwip" => TcpManner.Lwip, _ => TcpManner.Ipxe }, Server, 80);
        station.Connection!.Open(TimeSpan.Zero);
        return Syn(wire.Frames.Single())!;
    }

    /// <summary>Null for any other frame. Time stamps are left out: the eight octets behind 08 0a.</summary>
    private static string? Syn(byte[] frame)
    {
        if (!EthernetFrame.TryParse(frame, out var ethernet, out _) || !Ipv4Packet.TryParse(ethernet.Payload, out var ip, out _) || ip.Protocol != TcpSegment.Protocol) return null;
        if (!TcpSegment.TryParse(ip.Payload, out var segment, out var options, out _) || !segment.Has(TcpFlags.Syn) || segment.Has(TcpFlags.Ack)) return null;
        var hex = Convert.ToHexString(options);
        var stamps = hex.IndexOf("080A", StringComparison.Ordinal);
        return $"{segment.Window} {(stamps < 0 ? hex : hex.Remove(stamps + 4, 16))}";
    }
}
