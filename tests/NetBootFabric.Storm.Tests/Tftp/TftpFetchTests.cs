using NetBootFabric.Storm.Clients;
using NetBootFabric.Storm.Content;
using NetBootFabric.Storm.Network;
using NetBootFabric.Storm.Room;
using NetBootFabric.Storm.Tftp;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Ip;
using NetBootFabric.Wire.Tftp;

namespace NetBootFabric.Storm.Tests.Tftp;

public sealed class TftpFetchTests
{
    private static readonly Ipv4Address Server = Ipv4Address.Parse("10.77.0.1");
    private static readonly MacAddress ServerMac = MacAddress.Parse("02:00:00:00:00:01");

    private readonly SentFrames _wire = new();
    private readonly Station _station;

    public TftpFetchTests()
    {
        _station = _wire.NewStation();
        _station.Configure(Ipv4Address.Parse("10.77.1.5"), Ipv4Address.Parse("255.255.0.0"), Server);
        _station.Resolve(Server, ServerMac);
    }

    [Fact]
    public void A_silent_server_gets_the_same_request_from_the_same_port_until_the_client_gives_up()
    {
        var fetch = Fetch(TftpManner.Ipxe, []);
        fetch.Start(TimeSpan.Zero);
        while (fetch.State == StepState.Going) fetch.Expire(fetch.Deadline);
        Assert.Equal(FailureStep.TftpTimeout, fetch.Failure.Step);
        Assert.Equal(6, _wire.Frames.Count);
        Assert.Single(_wire.Datagrams.Select(one => (one.Header.SourcePort, one.Header.DestinationPort, Convert.ToHexString(one.Payload))).Distinct());
    }

    [Fact]
    public void A_file_is_taken_block_by_block_and_compared()
    {
        var fetch = Fetch(TftpManner.Ipxe, new byte[2000]);
        fetch.Start(TimeSpan.Zero);
        OptionAck(fetch, ("blksize", 1432), ("tsize", 2000));
        Data(fetch, 1, 1432);
        Data(fetch, 1, 1432);
        Data(fetch, 2, 568);
        Assert.Equal(StepState.Done, fetch.State);
        Assert.Equal([0, 1, 1, 2], Acks);
    }

    [Fact]
    public void Blocks_that_a_virtual_interface_hands_on_in_one_piece_are_taken_one_by_one()
    {
        var fetch = Fetch(TftpManner.Shim, new byte[1200]);
        fetch.Start(TimeSpan.Zero);
        OptionAck(fetch, ("blksize", 512), ("windowsize", 4));
        var joined = new List<byte>();
        foreach (var (block, octets) in new[] { (1, 512), (2, 512), (3, 176) }) joined.AddRange([0, 3, 0, (byte)block, .. new byte[octets]]);
        Hand(fetch, [.. joined]);
        Assert.Equal(StepState.Done, fetch.State);
    }

    [Fact]
    public void GRUB_leaves_a_block_that_does_not_come_to_the_server()
    {
        var fetch = Fetch(TftpManner.Grub, new byte[3000]);
        fetch.Start(TimeSpan.Zero);
        OptionAck(fetch, ("blksize", 1024), ("tsize", 3000));
        Data(fetch, 1, 1024);
        var sent = _wire.Frames.Count;
        while (fetch.State == StepState.Going) fetch.Expire(fetch.Deadline);
        Assert.Equal(FailureStep.TftpReadTimeout, fetch.Failure.Step);
        Assert.Equal(sent, _wire.Frames.Count);
    }

    [Fact]
    public void Wrong_octets_are_found()
    {
        var fetch = Fetch(TftpManner.Ipxe, [.. Enumerable.Repeat((byte)1, 100)]);
        fetch.Start(TimeSpan.Zero);
        OptionAck(fetch, ("blksize", 1432), ("tsize", 100));
        Data(fetch, 1, 100);
        Assert.Equal(FailureStep.WrongContent, fetch.Failure.Step);
    }

    [Fact]
    public void PXELINUX_does_not_go_on_without_the_size()
    {
        var fetch = Fetch(TftpManner.Pxelinux, []);
        fetch.Start(TimeSpan.Zero);
        Data(fetch, 1, 512);
        Assert.Equal(FailureStep.TftpNoTransferSize, fetch.Failure.Step);
    }

    [Fact]
    public void IPXE_takes_a_file_from_a_server_without_options()
    {
        var fetch = Fetch(TftpManner.Ipxe, new byte[600]);
        fetch.Start(TimeSpan.Zero);
        Data(fetch, 1, 512);
        Data(fetch, 2, 88);
        Assert.Equal(StepState.Done, fetch.State);
    }

    [Fact]
    public void UEFI_probes_the_size_and_asks_again_from_a_new_port()
    {
        var fetch = Fetch(TftpManner.Uefi, new byte[10]);
        fetch.Start(TimeSpan.Zero);
        OptionAck(fetch, ("blksize", 1468), ("tsize", 10), ("windowsize", 4));
        var sent = _wire.Datagrams.ToArray();
        Assert.Equal(3, sent.Length);
        Assert.Equal([0, 5, 0, 8], sent[1].Payload[..4]);
        Assert.NotEqual(sent[0].Header.SourcePort, sent[2].Header.SourcePort);
    }

    [Fact]
    public void A_window_is_acknowledged_once_and_a_gap_in_it_once()
    {
        var fetch = Fetch(TftpManner.Uefi with { ProbesSize = false }, new byte[20 * 1468]);
        fetch.Start(TimeSpan.Zero);
        OptionAck(fetch, ("blksize", 1468), ("tsize", 20 * 1468), ("windowsize", 4));
        foreach (ushort block in new[] { 1, 2, 3, 4, 6, 7, 8 }) Data(fetch, block, 1468);
        Assert.Equal([0, 4, 4], Acks);
    }

    [Theory]
    [InlineData(TftpErrorCode.IllegalOperation, nameof(FailureStep.TftpIllegalOperation))]
    [InlineData(TftpErrorCode.FileNotFound, nameof(FailureStep.TftpError))]
    public void An_error_ends_the_transfer(TftpErrorCode code, string expected)
    {
        var fetch = Fetch(TftpManner.Ipxe, []);
        fetch.Start(TimeSpan.Zero);
        var buffer = new byte[64];
        TftpWriter.TryWriteError(buffer, code, "no"u8, out var length);
        Hand(fetch, buffer[..length]);
        Assert.Equal(expected, fetch.Failure.Step.ToString());
    }

    private IEnumerable<int> Acks => _wire.Datagrams.Where(one => one.Payload[1] == (byte)TftpOpcode.Ack).Select(one => (one.Payload[2] << 8) | one.Payload[3]);

    private TftpFetch Fetch(TftpManner manner, byte[] expected) =>
        new(_station, manner, Server, "file", new Download(expected, keep: false, new StormCounters()));

    private void OptionAck(TftpFetch fetch, params (string Name, ulong Value)[] options)
    {
        var buffer = new byte[128];
        var writer = TftpWriter.OptionAck(buffer);
        foreach (var (name, value) in options) writer.AddOption(System.Text.Encoding.ASCII.GetBytes(name), value);
        Assert.True(writer.TryFinish(out var length));
        Hand(fetch, buffer[..length]);
    }

    private void Data(TftpFetch fetch, ushort block, int size)
    {
        var buffer = new byte[4 + size];
        Assert.True(TftpWriter.TryWriteData(buffer, block, new byte[size], out _));
        Hand(fetch, buffer);
    }

    private void Hand(TftpFetch fetch, byte[] payload) => fetch.OnUdp(new UdpFrame
    {
        SourceMac = ServerMac,
        DestinationMac = SentFrames.Mac,
        Source = Server,
        SourcePort = 40000,
        Destination = _station.Address,
        DestinationPort = _wire.Datagrams.Last().Header.SourcePort,
    }, payload, TimeSpan.FromMilliseconds(1));
}
