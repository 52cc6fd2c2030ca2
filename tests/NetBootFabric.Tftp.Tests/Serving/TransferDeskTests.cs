using NetBootFabric.Boot.Events;
using NetBootFabric.Boot.Storms;
using NetBootFabric.Boot.Transfers;
using NetBootFabric.Sockets;
using NetBootFabric.Tftp.Admission;
using NetBootFabric.Tftp.Serving;
using NetBootFabric.Tftp.Transfers;
using static NetBootFabric.Tftp.Tests.Transfers.Drive;

namespace NetBootFabric.Tftp.Tests.Serving;

/// <summary>A worker's desk in the test's own time; packets leave through a real socket, to nobody.</summary>
public sealed class TransferDeskTests : IDisposable
{
    private static readonly UdpEndpoint Peer = new(0x7F00_0001, 9);

    private readonly DatagramSocket _socket = DatagramSocket.Open(new DatagramSocketOptions { Address = 0x7F00_0001 });
    private readonly TransferGovernor _governor = new();
    private readonly TftpMetrics _metrics;
    private readonly RecordedEvents _events = new();
    private readonly MemoryContent _content = new();
    private readonly SlotLimits _limits = new(total: 10, perClient: 10);
    private readonly System.Collections.Concurrent.BlockingCollection<Session> _opened = [];
    private readonly TransferLedger _ledger = new("here", TimeProvider.System);
    private readonly UplinkMeter _meter = new(TimeProvider.System);
    private readonly TransferDesk _desk;

    public TransferDeskTests()
    {
        _content.Add("script", 100);
        _metrics = new TftpMetrics(_governor);
        var uplink = new Uplink(_limits, _governor, OneRack.Instance, _meter, WindowLimit: 64);
        var reports = new TransferReports(_events, _metrics, TimeProvider.System);
        _desk = new TransferDesk(new Outbox(_socket), new ContentOpening(_content, samples: true), _opened.Add, uplink, _governor.Join(() => { }), reports, new NumberSource(), new LedgerDesk(_ledger, _socket.LocalPort));
    }

    public void Dispose()
    {
        _socket.Dispose();
        _metrics.Dispose();
        _opened.Dispose();
    }

    [Fact]
    public void A_request_that_waited_in_a_queue_behind_its_own_transfer_starts_no_other()
    {
        Ask(arrived: 0, now: 0);
        Open(5);
        Ack(1, 10);
        Assert.Equal(TransferStage.Done, _events.All[^1].Stage);
        Ask(arrived: 8, now: 400);
        Assert.Equal(1, _metrics.Ignored);
        Assert.Equal(0, _limits.Taken);
        Ask(arrived: 400, now: 401); // the same port, asking anew
        Assert.Equal(1, _limits.Taken);
    }

    [Fact]
    public void A_new_client_at_the_port_of_one_that_has_just_ended_is_served_at_once()
    {
        Ask(arrived: 0, now: 0);
        Open(5);
        Ack(1, 10);
        Ask(arrived: 11, now: 11);
        Open(12);
        Ack(1, 13);
        Assert.Equal([TransferStage.Started, TransferStage.Done, TransferStage.Started, TransferStage.Done], _events.All.Select(e => e.Stage));
    }

    [Fact]
    public void A_request_that_overtook_the_last_ACK_of_the_ports_former_client_is_served()
    {
        Ask(arrived: 0, now: 0);
        Open(5);
        _content.Add("script", 600);
        Ask(arrived: 11, now: 11); // the ACK that arrived at 10 still waits in the worker's socket
        Ack(1, 10);
        Assert.Equal(1, _limits.Taken);
        Open(12);
        Ack(1, 13);
        Ack(2, 14);
        Assert.Equal([TransferStage.Started, TransferStage.Done, TransferStage.Started, TransferStage.Done], _events.All.Select(e => e.Stage));
        Assert.Equal(0, _limits.Taken);
    }

    [Fact]
    public void A_machine_that_was_reset_gets_its_file_from_the_beginning()
    {
        _content.Add("script", 600);
        Ask(arrived: 0, now: 0);
        Open(5);
        Ack(1, 6);
        Ask(arrived: 7, now: 7); // an old copy
        Assert.Equal(1, _metrics.Ignored);
        for (var now = 8; now < 600; now++) _desk.Expire(Ms(now)); // silence: block 2 goes again
        Ask(arrived: 610, now: 610);
        Open(611);
        Assert.Equal(1, _limits.Taken);
        Ack(1, 612);
        Ack(2, 613);
        Assert.Equal([TransferStage.Started, TransferStage.Failed, TransferStage.Started, TransferStage.Done], _events.All.Select(e => e.Stage));
    }

    [Fact]
    public void A_client_that_vanishes_is_given_up_and_forgotten()
    {
        Ask(arrived: 0, now: 0);
        Open(5);
        for (var now = 0; now < 40_000; now += 50) _desk.Expire(Ms(now));
        var failed = _events.All[^1];
        Assert.Equal((TransferStage.Failed, TransferFailure.TimedOut), (failed.Stage, failed.Failure));
        Assert.InRange(failed.Retransmissions, 10, 20);
        Assert.Equal((0, 0, 1), (_desk.Known, _limits.Taken, _content.Closed));
    }

    [Fact]
    public void An_opening_that_never_ends_is_given_up_and_its_file_closed_when_it_comes()
    {
        var gate = new TaskCompletionSource();
        _content.Gate = gate.Task;
        Ask(arrived: 0, now: 0);
        for (var now = 0; now < 40_000; now += 50) _desk.Expire(Ms(now));
        Assert.Equal((0, 0), (_desk.Known, _limits.Taken));
        gate.SetResult();
        Open(41_000);
        Assert.Equal((1, 1), (_content.Opened, _content.Closed));
    }

    private void Ask(double arrived, double now) =>
        _desk.Request(new ReadRequest(Peer, default, "script", new TransferTerms(), (long)arrived), Ms(now));

    private void Open(double now) => _desk.Opened(_opened.Take(), Ms(now));

    private void Ack(byte block, double now) =>
        _desk.Packet(new Datagram { Payload = new byte[] { 0, 4, 0, block }, Source = Peer, Destination = 0, Local = default, IsTruncated = false, ArrivedAt = (long)now }, Ms(now));
}
