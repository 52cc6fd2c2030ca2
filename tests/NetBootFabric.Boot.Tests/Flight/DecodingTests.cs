using NetBootFabric.Boot.Flight;
using NetBootFabric.Boot.Flight.Decoding;
using NetBootFabric.Testing.Captures;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Arp;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Boot.Tests.Flight;

public sealed class DecodingTests
{
    private static readonly MacAddress Client = MacAddress.Parse("52:54:00:77:00:01");

    [Fact]
    public void A_DISCOVER_of_iPXE_names_what_matters()
    {
        var text = Dhcp(GoldenPackets.Dhcp("ipxe-bios-virtio").First().Octets);

        Assert.Equal("DISCOVER, BiosX86, \"PXEClient:Arch:00000:UNDI:002001\", user class \"iPXE\"", text.Line);
        Assert.Contains("53 message type: 1 DISCOVER", text.Details);
        Assert.Contains(text.Details, line => line.StartsWith("97 machine UUID: ", StringComparison.Ordinal));
        Assert.Contains(text.Details, line => line.StartsWith("175 iPXE: ", StringComparison.Ordinal));
    }

    [Fact]
    public void An_OFFER_says_address_lease_server_and_boot_file()
    {
        var buffer = new byte[1472];
        var writer = new DhcpWriter(buffer, DhcpOp.Reply, buffer.Length) { Chaddr = Client, Yiaddr = Ipv4Address.Parse("10.77.0.11"), Siaddr = Ipv4Address.Parse("10.77.0.1") };
        writer.SetFile("undionly.kpxe"u8);
        writer.Add(DhcpOptions.MessageType, DhcpMessageType.Offer);
        writer.Add(DhcpOptions.LeaseTime, 43200u);
        writer.Add(DhcpOptions.ServerIdentifier, Ipv4Address.Parse("10.77.0.1"));
        Assert.True(writer.TryFinish(out var length));

        Assert.Equal("OFFER of 10.77.0.11 for 43200 s by 10.77.0.1, boot \"undionly.kpxe\" from 10.77.0.1", Dhcp(buffer[..length]).Line);
    }

    [Theory]
    [InlineData("000170786500006f63746574006279746573697a650000", "malformed TFTP (UnknownMode)")]
    [InlineData("000170786500" + "6f6374657400626c6b73697a65003134303800", "RRQ \"pxe\" octet blksize=1408")]
    [InlineData("0006" + "7473697a65003400", "OACK tsize=4")]
    [InlineData("0004ffff", "ACK block 65535")]
    [InlineData("000500011b5d300700", "ERROR 1 \"\\x1b]0\\x07\"")]
    [InlineData("00", "malformed TFTP (TooShort), 1 octets")]
    public void TFTP_packets_are_a_line_each(string octets, string line) =>
        Assert.StartsWith(line, PacketText.Of(Entry(FlightProtocol.Tftp, Convert.FromHexString(octets))).Line, StringComparison.Ordinal);

    [Fact]
    public void Of_DATA_the_length_is_told_that_it_had()
    {
        var entry = new FlightEntry { At = default, Packet = new FlightPacket { Protocol = FlightProtocol.Tftp, Length = 1412 }, Payload = new byte[] { 0, 3, 0, 9 } };
        Assert.Equal("DATA block 9, 1408 octets", PacketText.Of(entry).Line);
    }

    [Fact]
    public void ARP_is_told_as_question_answer_probe_or_announcement()
    {
        var (own, server) = (Ipv4Address.Parse("10.77.0.11"), Ipv4Address.Parse("10.77.0.1"));
        ArpPacket[] packets = [ArpPacket.Request(Client, own, server), ArpPacket.Probe(Client, own), ArpPacket.Announcement(Client, own), new(ArpOperation.Reply, Client, own, default, server)];
        var lines = packets.Select(packet =>
        {
            var octets = new byte[ArpPacket.Size];
            packet.TryWrite(octets);
            return PacketText.Of(Entry(FlightProtocol.Arp, octets)).Line;
        });
        Assert.Equal(
        [
            "who has 10.77.0.1? Tell 10.77.0.11 (52:54:00:77:00:01)",
            "probe: does anybody use 10.77.0.11? (52:54:00:77:00:01)",
            "announcement: 10.77.0.11 is at 52:54:00:77:00:01",
            "10.77.0.11 is at 52:54:00:77:00:01",
        ], lines);
    }

    [Fact]
    public void Every_packet_of_real_firmware_is_told_without_a_malformed_one()
    {
        foreach (var packet in GoldenPackets.Captures.SelectMany(GoldenPackets.Dhcp)) Assert.DoesNotContain("malformed", Dhcp(packet.Octets).Line, StringComparison.Ordinal);
    }

    private static PacketText Dhcp(byte[] octets) => PacketText.Of(Entry(FlightProtocol.Dhcp, octets));

    private static FlightEntry Entry(FlightProtocol protocol, byte[] octets) => new() { At = default, Packet = new FlightPacket { Protocol = protocol }, Payload = octets };
}
