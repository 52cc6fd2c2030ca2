using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Events;
using NetBootFabric.Boot.Storms;
using NetBootFabric.Boot.Transfers;
using NetBootFabric.Sockets;
using NetBootFabric.Testing;
using NetBootFabric.Tftp.Admission;
using NetBootFabric.Tftp.Serving;
using NetBootFabric.Tftp.Transfers;

namespace NetBootFabric.Tftp.Tests.Serving;

public sealed class AllocationTests
{
    [Theory]
    [InlineData(1, false)]
    [InlineData(16, false)]
    [InlineData(1, true)]
    [InlineData(16, true)]
    public void A_packet_costs_no_allocation(int windowSize, bool onDisk)
    {
        using var socket = DatagramSocket.Open(new DatagramSocketOptions { Address = 0x7F00_0001 });
        using var client = DatagramSocket.Open(new DatagramSocketOptions { Address = 0x7F00_0001 });
        var governor = new TransferGovernor();
        using var metrics = new TftpMetrics(governor);
        var uplink = new Uplink(new SlotLimits(10, 10), governor, OneRack.Instance, new UplinkMeter(TimeProvider.System), WindowLimit: 64);
        var memory = new MemoryContent();
        memory.Add("kernel", 40_000_000);
        using var disk = new DiskContent(onDisk ? 40_000_000 : 0);
        IBootContent content = onDisk ? disk : memory;
        using var opened = new System.Collections.Concurrent.BlockingCollection<Session>();
        var reports = new TransferReports(new RecordedEvents(), metrics, TimeProvider.System);
        var desk = new TransferDesk(new Outbox(socket), new ContentOpening(content, samples: true), opened.Add, uplink, governor.Join(() => { }), reports, new NumberSource(), new LedgerDesk(new TransferLedger("a", TimeProvider.System), socket.LocalPort));
        var terms = new TransferTerms { WindowSize = windowSize };
        desk.Request(new ReadRequest(new UdpEndpoint(0x7F00_0001, client.LocalPort), default, "kernel", terms, 0), TimeSpan.Zero);
        desk.Opened(opened.Take(), TimeSpan.Zero);
        desk.Flush();

        var (ours, theirs) = (new DatagramBatch(), new DatagramBatch());
        var block = Exchange(0, 100);
        Assert.Equal(AllocationBudgets.Block, AllocationBudget.Least(() => block = Exchange(block, 500)));

        ushort Exchange(ushort last, int rounds)
        {
            Span<byte> ack = [0, 4, 0, 0];
            for (var round = 0; round < rounds; round++)
            {
                for (var blocks = 0; blocks < windowSize;) blocks += client.Receive(theirs);
                last += (ushort)windowSize;
                System.Buffers.Binary.BinaryPrimitives.WriteUInt16BigEndian(ack[2..], last);
                if (client.SendTo(ack, new UdpEndpoint(0x7F00_0001, socket.LocalPort)) != Errno.None) throw new IOException("the ACK did not go"); // an Assert would allocate
                socket.Receive(ours);
                var now = TimeSpan.FromTicks(last); // within the first second: no progress is reported
                desk.Packet(ours[0], now);
                desk.Expire(now);
                desk.Flush();
            }
            return last;
        }
    }

    [Fact]
    public void A_transfer_costs_no_more_than_its_budget()
    {
        const int Transfers = 200;
        using var socket = DatagramSocket.Open(new DatagramSocketOptions { Address = 0x7F00_0001 });
        var governor = new TransferGovernor();
        using var metrics = new TftpMetrics(governor);
        var uplink = new Uplink(new SlotLimits(10, 10), governor, OneRack.Instance, new UplinkMeter(TimeProvider.System), WindowLimit: 64);
        var content = new MemoryContent();
        content.Add("script", 100);
        using var opened = new System.Collections.Concurrent.BlockingCollection<Session>();
        var reports = new TransferReports(new SilentEvents(), metrics, TimeProvider.System);
        var desk = new TransferDesk(new Outbox(socket), new ContentOpening(content, samples: false), opened.Add, uplink, governor.Join(() => { }), reports, new NumberSource(), new LedgerDesk(NoTransferLedger.Instance, socket.LocalPort));
        var (now, peer) = (TimeSpan.Zero, new UdpEndpoint(0x7F00_0001, 9));
        ReadRequest[] requests = [.. Enumerable.Range(0, Transfers).Select(_ => new ReadRequest(peer, default, "script", new TransferTerms(), 0))];
        byte[] ack = [0, 4, 0, 1];

        var octets = AllocationBudget.Least(Serve);
        Assert.InRange(octets / Transfers, 0, AllocationBudgets.Transfer);
        Assert.Equal((0L, 0L), (metrics.Active, metrics.Faulted));

        void Serve()
        {
            foreach (var request in requests)
            {
                desk.Request(request, now);
                desk.Opened(opened.Take(), now);
                desk.Packet(new Datagram { Payload = ack, Source = peer, Destination = 0, Local = default, IsTruncated = false }, now);
                desk.Flush();
                now += TimeSpan.FromSeconds(3);
                desk.Expire(now);
            }
        }
    }

    private sealed class SilentEvents : IBootEvents
    {
        public void Report(TransferEvent transfer) { }

        public void Report(ArpObservation observation) { }

        public void Report(SystemReport report) { }
    }
}
