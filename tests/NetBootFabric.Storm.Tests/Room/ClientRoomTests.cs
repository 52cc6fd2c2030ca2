using NetBootFabric.Storm.Clients;
using NetBootFabric.Storm.Report;
using NetBootFabric.Storm.Room;
using NetBootFabric.Storm.Tests.Dhcp;
using NetBootFabric.Testing.Captures;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Storm.Tests.Room;

/// <summary>Whole rooms in virtual time.</summary>
public sealed class ClientRoomTests
{
    private static readonly MacAddress ServerMac = MacAddress.Parse("02:00:00:00:00:01");

    private readonly SentFrames _wire = new();

    [Fact]
    public void The_same_seed_sends_the_same_frames()
    {
        var other = new SentFrames();
        RunUnanswered(Room(_wire, 50, seed: 7));
        RunUnanswered(Room(other, 50, seed: 7));
        Assert.Equal(_wire.Frames.Select(Convert.ToHexString), other.Frames.Select(Convert.ToHexString));
    }

    [Fact]
    public void Every_client_of_a_dead_network_has_failed_in_the_end()
    {
        var room = Room(_wire, 30, seed: 1);
        RunUnanswered(room);
        Assert.Equal((30, 30, 0), (room.Started, room.Failed, room.Booted));
        var failure = Assert.Single(Report(room).Failures);
        Assert.Equal((nameof(FailureStep.DhcpNoOffer), 30), (failure.Step, failure.Clients));
        Assert.Equal(30 * 3, room.Counters.DhcpRetries);
        Assert.Equal(30, Report(room).DhcpRetriesPerClient[3]);
        Assert.Empty(Report(room).Leases);
    }

    [Fact]
    public void A_machine_whose_boot_failed_begins_anew_when_it_may()
    {
        var room = Room(_wire, 3, seed: 1, new CourseSettings { Restarts = 2 });
        RunUnanswered(room);
        Assert.Equal(3, Report(room).RestartsPerClient[2]);
        Assert.Equal(3 * 3 * 4, room.Counters.DhcpDiscovers);
        Assert.Equal(3, room.Failed);
    }

    [Fact]
    public void An_address_that_two_clients_were_given_is_told_with_both()
    {
        var room = Room(_wire, 2, seed: 1);
        RunAnswered(room, request => DhcpAnswers.Address);
        Assert.Equal((1, 1), (room.Booted, room.Failed));
        var twice = Assert.Single(Report(room).DuplicateAddresses);
        Assert.Equal((DhcpAnswers.Address.ToString(), "02:6e:62:00:00:00", "02:6e:62:00:00:01"), (twice.Address, twice.First, twice.Second));
    }

    [Fact]
    public void A_room_that_is_answered_boots()
    {
        var room = Room(_wire, 100, seed: 1);
        RunAnswered(room, request => new Ipv4Address(DhcpAnswers.Address.Value + (uint)(request.Chaddr.Value & 0xFF)));
        Assert.Equal((100, 0), (room.Booted, room.Failed));
        var report = Report(room);
        Assert.Equal(100, report.Phases.Single(phase => phase.Phase == nameof(Milestone.Ack)).Times.Count);
        Assert.Equal(100, report.Leases.Count);
        Assert.Equal(new LeaseView("02:6e:62:00:00:00", DhcpAnswers.Address.ToString(), DhcpAnswers.Server.ToString()), report.Leases[0]);
    }

    [Fact]
    public void Octets_that_are_no_packet_for_us_change_nothing()
    {
        var room = Room(_wire, 1, seed: 1);
        room.Expire(TimeSpan.Zero);
        var random = new Random(1);
        for (var round = 0; round < 5000; round++)
        {
            var octets = new byte[random.Next(200)];
            random.NextBytes(octets);
            if (octets.Length > 40 && round % 2 == 0)
            {
                SentFrames.Mac.Write(octets);
                (octets[12], octets[13], octets[14], octets[23]) = (8, 0, 0x45, (byte)(round % 4 == 0 ? 6 : 17));
            }
            room.Receive(octets, TimeSpan.FromSeconds(1));
        }
        Assert.Equal(0, room.Failed + room.Booted);
    }

    private static ClientRoom Room(SentFrames wire, int clients, ulong seed, CourseSettings? course = null) => new(new RoomPlan
    {
        Clients = clients,
        Kinds = KindMix.TryParse("dhcp-only", out _)!,
        Arrivals = Arrivals.Parse("ramp:5")!,
        FirstMac = SentFrames.Mac,
        Seed = seed,
        Course = course ?? new CourseSettings(),
    }, wire);

    private static StormReport Report(ClientRoom room) => StormReport.Of(room, TimeSpan.FromSeconds(1), "none", 0, 0);

    private static void RunUnanswered(ClientRoom room)
    {
        while (!room.IsOver) room.Expire(room.NextDeadline);
    }

    private delegate Ipv4Address Give(DhcpPacket request);

    private void RunAnswered(ClientRoom room, Give give)
    {
        var answered = 0;
        while (!room.IsOver)
        {
            var now = room.NextDeadline;
            room.Expire(now);
            for (; answered < _wire.Frames.Count; answered++)
                if (Answer(_wire.Frames[answered], give) is { } reply) room.Receive(reply, now);
        }
    }

    private static byte[]? Answer(byte[] frame, Give give)
    {
        if (!Wire.Ip.UdpFrame.TryParse(frame, out _, out var payload, out _)) return null;
        Assert.True(DhcpPacket.TryParse(payload, out var request, out _));
        var type = request.MessageType == DhcpMessageType.Discover ? DhcpMessageType.Offer : DhcpMessageType.Ack;
        var reply = new DhcpAnswers { Given = give(request) }.To(payload.ToArray(), type);
        return Frames.Udp(reply, ServerMac, MacAddress.Broadcast, DhcpAnswers.Server, DhcpPacket.ServerPort, Ipv4Address.Broadcast, DhcpPacket.ClientPort);
    }
}
