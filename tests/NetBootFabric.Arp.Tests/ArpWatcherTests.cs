using NetBootFabric.Boot.Events;
using NetBootFabric.Boot.Flight;
using NetBootFabric.Testing.Flights;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Arp;
using static NetBootFabric.Arp.Tests.Someone;

namespace NetBootFabric.Arp.Tests;

public sealed class ArpWatcherTests : IDisposable
{
    private readonly Segment _segment = new();
    private readonly ArpMetrics _metrics = new();
    private readonly Reports _reports = new();

    public void Dispose()
    {
        _segment.Dispose();
        _metrics.Dispose();
    }

    [Fact]
    public void A_real_clients_question_for_its_server_is_reported()
    {
        using var watcher = Start(_reports);
        _segment.Other.Here($"address add {ClientAddress}/24 dev eth0");
        _segment.Other.Run(() =>
        {
            using var client = Sockets.DatagramSocket.Open(new Sockets.DatagramSocketOptions());
            client.SendTo([1], new Sockets.UdpEndpoint(ServerAddress.Value, 69)); // the kernel asks first
        });

        var seen = _reports.Next();
        Assert.Equal((ArpSighting.ServerAsked, Client, ServerAddress, 1, "eth0"), (seen.Sighting, seen.Sender, seen.Address, seen.Times, seen.Interface));
    }

    [Fact]
    public void A_conflict_is_reported_with_the_intruder_and_the_address()
    {
        using var watcher = Start(_reports);
        _segment.Send(ArpPacket.Announcement(Stranger, Vacant));
        var seen = _reports.Next();
        Assert.Equal((ArpSighting.Conflict, Stranger, Vacant), (seen.Sighting, seen.Sender, seen.Address));
    }

    [Fact]
    public void A_conflict_is_recorded_with_the_intruder_and_with_the_one_that_it_harms()
    {
        var flight = new FlightLines(Client);
        using var watcher = Start(_reports, flight.Recorder);
        _segment.Send(ArpPacket.Announcement(Stranger, Vacant));
        _reports.Next();
        Assert.Equal([$"< announcement: {Vacant} is at {Stranger}", $"* conflict: {Vacant} is not its address"], flight.Of(Stranger));
        Assert.Equal([$"* conflict: {Stranger} uses {Vacant} too"], flight.Lines);
    }

    [Fact]
    public void Every_packet_is_reported_ignored_or_rejected_and_counted()
    {
        using var watcher = Start(_reports);
        _segment.Send(ArpPacket.Probe(Stranger, Vacant));
        _segment.Send(ArpPacket.Announcement(Stranger, Vacant) with { Operation = (ArpOperation)9 });
        _segment.Send(ArpPacket.Announcement(MacAddress.Broadcast, Vacant));
        _segment.Send(ArpPacket.Announcement(Client, ClientAddress));
        Assert.Equal(ArpSighting.ClientAnnounced, _reports.Next().Sighting);
        Assert.Equal((1, 1, 2), (_metrics.Reported, _metrics.Ignored, _metrics.Rejected));
    }

    [Fact]
    public void It_hears_on_after_the_link_was_down()
    {
        using var watcher = Start(_reports);
        _segment.Server.Here("link set eth0 down");
        _segment.Server.Here("link set eth0 up");
        _segment.Other.Here("link set eth0 down");
        _segment.Other.Here("link set eth0 up");
        _segment.Other.AwaitLink("eth0");
        _segment.Send(ArpPacket.Announcement(Client, ClientAddress));
        Assert.Equal(ArpSighting.ClientAnnounced, _reports.Next().Sighting);
    }

    [Fact]
    public void A_receiver_of_reports_that_fails_does_not_stop_it()
    {
        using var watcher = Start(new FailsOnce(_reports));
        _segment.Send(ArpPacket.Announcement(Stranger, Vacant));
        _segment.Send(ArpPacket.Announcement(Client, ClientAddress));
        Assert.Equal(ClientAddress, _reports.Next().Address);
        Assert.Equal(1, _metrics.Faults);
    }

    private ArpWatcher Start(IBootEvents events, IFlightRecorder? recorder = null) =>
        _segment.Server.Run(() => ArpWatcher.Start(_segment.Link, HostAddresses.Read(), new SmallRoom(), events, _metrics, TimeProvider.System, recorder));

    private sealed class FailsOnce(Reports reports) : IBootEvents
    {
        private bool _failed;

        public void Report(ArpObservation observation)
        {
            if (!_failed)
            {
                _failed = true;
                throw new InvalidOperationException("full");
            }
            reports.Report(observation);
        }

        public void Report(TransferEvent transfer) => reports.Report(transfer);

        public void Report(SystemReport report) => reports.Report(report);
    }
}
