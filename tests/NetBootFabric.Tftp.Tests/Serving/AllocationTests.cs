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
    [InlineData(1)]
    [InlineData(16)]
    public void A_packet_costs_no_allocation(int windowSize)
    {
        using var socket = DatagramSocket.Open(new DatagramSocketOptions { Address = 0x7F00_0001 });
        using var client = DatagramSocket.Open(new DatagramSocketOptions { Address = 0x7F00_0001 });
        var governor = new TransferGovernor();
        using var metrics = new TftpMetrics(governor);
        var uplink = new Uplink(new SlotLimits(10, 10), governor, OneRack.Instance, new UplinkMeter(TimeProvider.System), WindowLimit: 64);
        var content = new MemoryContent();
        content.Add("kernel", 40_000_000);
        using var opened = new System.Collections.Concurrent.BlockingCollection<Session>();
        var reports = new TransferReports(new RecordedEvents(), metrics, TimeProvider.System);
        var desk = new TransferDesk(new Outbox(socket), new ContentOpening(content, samples: true), opened.Add, uplink, governor.Join(() => { }), reports, new NumberSource(), new LedgerDesk(new TransferLedger("a", TimeProvider.System), socket.LocalPort));
        var terms = new TransferTerms { WindowSize = windowSize };
        desk.Request(new ReadRequest(new UdpEndpoint(0x7F00_0001, client.LocalPort), default, "kernel", terms, 0), TimeSpan.Zero);
        desk.Opened(opened.Take(), TimeSpan.Zero);
        desk.Flush();

        var (ours, theirs) = (new DatagramBatch(), new DatagramBatch());
        var block = Exchange(0, 100);
        AllocationBudget.Nothing(() => block = Exchange(block, 500));

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
}
