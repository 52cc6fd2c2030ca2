using NetBootFabric.Boot.Flight;
using NetBootFabric.Testing.Captures;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Arp;
using NetBootFabric.Wire.Tftp;

namespace NetBootFabric.Boot.Tests.Flight;

/// <summary>Frames that were put together again, as tshark reads them.</summary>
public sealed class CaptureTests : IDisposable
{
    private static readonly MacAddress Client = MacAddress.Parse("52:54:00:77:00:01");
    private static readonly MacAddress Own = MacAddress.Parse("02:77:00:00:00:01");
    private static readonly Ipv4Address Server = Ipv4Address.Parse("10.77.0.1");
    private static readonly Ipv4Address Address = Ipv4Address.Parse("10.77.0.11");
    private static readonly DateTimeOffset At = DateTimeOffset.UnixEpoch.AddSeconds(1_790_000_000);
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"netboot-{Guid.NewGuid():N}.pcap");
    private readonly List<FlightEntry> _entries = [];

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Tshark_reads_a_boot_by_TFTP_without_complaint_and_with_right_checksums()
    {
        foreach (var packet in GoldenPackets.Dhcp("pxelinux-bios").Take(4)) Add(new(FlightProtocol.Dhcp, packet.Octets[0] == 2, Ipv4Address.Any, 68, Ipv4Address.Broadcast, 67), packet.Octets);
        var question = new byte[ArpPacket.Size];
        ArpPacket.Request(Client, Address, Server).TryWrite(question);
        Add(new(FlightProtocol.Arp, false, Address, 0, Server, 0), question);
        var request = GoldenPackets.Tftp("pxelinux-bios").First(packet => packet.Octets[1] == (byte)TftpOpcode.ReadRequest).Octets;
        Add(new(FlightProtocol.Tftp, false, Address, 2070, Server, 69), request);
        Add(new(FlightProtocol.Tftp, true, Server, 6900, Address, 2070), [0, 6, .. "blksize\0"u8, .. "1408\0"u8]);
        Add(new(FlightProtocol.Tftp, true, Server, 6900, Address, 2070) { Length = 1412 }, [0, 3, 0, 1]);
        Add(new(FlightProtocol.Tftp, true, Server, 6900, Address, 2070) { Length = 1412, Again = true }, [0, 3, 0, 1]);
        Add(new(FlightProtocol.Tftp, true, Server, 6900, Address, 2070) { Length = 70 }, [0, 3, 0, 2]);
        Write();

        var rows = Tshark.DecodeClean(_path, "_ws.col.Protocol", "frame.time_epoch", "frame.len", "eth.src");
        Assert.Equal(["DHCP", "DHCP", "DHCP", "DHCP", "ARP", "TFTP", "TFTP", "TFTP", "TFTP", "TFTP"], rows.Select(row => row[0][0]));
        Assert.StartsWith("1790000000.000001", rows[0][1][0], StringComparison.Ordinal);
        Assert.Equal("1454", rows[7][2][0]); // 42 of headers + 1412
        Assert.Equal(["52:54:00:77:00:01", "02:77:00:00:00:01"], new[] { rows[5], rows[6] }.Select(row => row[3][0]));
    }

    [Fact]
    public void A_relay_agent_gets_a_hardware_address_that_is_made_up()
    {
        var relay = Ipv4Address.Parse("10.9.0.254");
        Add(new(FlightProtocol.Dhcp, false, relay, 67, Server, 67), GoldenPackets.Dhcp("ipxe-bios-virtio").First().Octets);
        Write();
        Assert.Equal("02:00:0a:09:00:fe", Tshark.DecodeClean(_path, "eth.src")[0][0][0]);
    }

    [Fact]
    public void Notes_and_packets_that_were_no_ARP_are_left_out()
    {
        Assert.Null(FlightFrame.Of(new FlightEntry { At = At, Packet = default, Note = "phase Bound" }, Client, Own));
        Assert.Null(FlightFrame.Of(new FlightEntry { At = At, Packet = new FlightPacket { Protocol = FlightProtocol.Arp }, Payload = new byte[3] }, Client, Own));
    }

    private void Add(FlightPacket packet, byte[] payload) => _entries.Add(new FlightEntry { At = At.AddMicroseconds(_entries.Count + 1), Packet = packet, Payload = payload });

    private void Write()
    {
        var capture = new FlightCapture();
        foreach (var entry in _entries) capture.Add(entry.At, FlightFrame.Of(entry, Client, Own)!.Value);
        File.WriteAllBytes(_path, capture.ToArray());
    }
}
