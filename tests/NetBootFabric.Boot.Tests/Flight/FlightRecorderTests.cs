using NetBootFabric.Boot.Clients;
using NetBootFabric.Boot.Flight;
using NetBootFabric.Testing;
using NetBootFabric.Testing.Captures;
using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Tests.Flight;

public sealed class FlightRecorderTests
{
    private static readonly BootFailure Failure = new(BootStep.Dhcp, FailureCause.NoRequest, "OFFER sent 4 times");

    [Fact]
    public void What_was_recorded_is_read_back_in_order_with_its_time_and_endpoints()
    {
        var under = new RecorderUnderTest();
        var packet = new FlightPacket(FlightProtocol.Tftp, Sent: true, Ipv4Address.Parse("10.77.0.1"), 6900, Ipv4Address.Parse("10.77.0.9"), 2070) { Length = 1412, Again = true };
        under.Recorder.Packet(RecorderUnderTest.Client(1), packet, [0, 3, 0, 1]);
        under.Recorder.Note(RecorderUnderTest.Client(1), FlightProtocol.Http, "GET /vmlinuz -> 200");

        var log = under.Recorder.Read(RecorderUnderTest.Client(1)).Current;
        Assert.Equal(packet, log[0].Packet);
        Assert.Equal([0, 3, 0, 1], log[0].Payload.ToArray());
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero), log[0].At);
        Assert.Equal(("GET /vmlinuz -> 200", FlightProtocol.Http), (log[1].Note, log[1].Packet.Protocol));
    }

    [Fact]
    public void Every_packet_of_real_firmware_comes_back_octet_for_octet()
    {
        foreach (var packet in GoldenPackets.Captures.SelectMany(GoldenPackets.Dhcp))
        {
            var under = new RecorderUnderTest();
            under.Hear(1, packet.Octets);
            Assert.Equal(packet.Octets, Assert.Single(under.Recorder.Read(RecorderUnderTest.Client(1)).Current).Payload.ToArray());
        }
    }

    [Fact]
    public void A_ring_keeps_the_last_entries_and_never_more_than_its_size()
    {
        var under = new RecorderUnderTest(new FlightLimits { Ring = 200 });
        for (byte i = 1; i <= 100; i++) under.Hear(1, [i, i, i], FlightProtocol.Tftp);

        // 7 = 200 / (25 of a packet's head + 3)
        Assert.Equal(Enumerable.Range(94, 7).Select(i => $"Tftp {i:x2}{i:x2}{i:x2}"), under.Current(1));
    }

    [Fact]
    public void What_is_larger_than_a_datagram_of_DHCP_is_cut_and_what_is_larger_than_a_ring_is_dropped()
    {
        var under = new RecorderUnderTest(new FlightLimits { Ring = 1000 });
        under.Hear(1, Enumerable.Repeat((byte)7, 2000).ToArray());
        Assert.Empty(under.Current(1));

        var larger = new RecorderUnderTest();
        larger.Hear(1, Enumerable.Repeat((byte)7, 2000).ToArray());
        var kept = Assert.Single(larger.Recorder.Read(RecorderUnderTest.Client(1)).Current);
        Assert.Equal((1472, 2000), (kept.Payload.Length, kept.Packet.Length));
    }

    [Fact]
    public void A_note_is_printable_ASCII_whatever_clients_said()
    {
        var under = new RecorderUnderTest();
        under.Recorder.Note(RecorderUnderTest.Client(1), FlightProtocol.Http, "GET /\x1b[2J\u202e\n" + new string('x', 1000));

        var note = Assert.Single(under.Current(1));
        Assert.StartsWith("GET /?[2J??x", note, StringComparison.Ordinal);
        Assert.Equal(240, note.Length);
    }

    [Fact]
    public void Nobodys_packets_are_not_remembered()
    {
        var under = new RecorderUnderTest();
        under.Recorder.Note(default, FlightProtocol.Tftp, "from nowhere");
        under.Recorder.Note(under.Recorder.ClientAt(Ipv4Address.Parse("10.1.1.1")), FlightProtocol.Tftp, "from nobody");
        Assert.Equal(0, under.Recorder.Clients);
    }

    [Fact]
    public void A_failed_boot_is_set_aside_and_the_next_one_does_not_write_over_it()
    {
        var under = new RecorderUnderTest();
        under.Hear(1, [1]);
        under.Enter(1, BootPhase.Failed, failure: Failure);
        under.Hear(1, [2]);
        under.Enter(1, BootPhase.Discovering, boot: 2);

        Assert.Equal(["Dhcp 01", "boot 1 failed: Dhcp: NoRequest (OFFER sent 4 times)"], under.Failed(1));
        Assert.Equal(["Dhcp 02", "boot 2 begins: phase Discovering"], under.Current(1));
        Assert.Equal(1, under.Recorder.Read(RecorderUnderTest.Client(1)).FailedBoot);
    }

    [Fact]
    public void A_boot_that_is_given_up_for_a_new_one_is_set_aside_without_the_new_ones_first_packet()
    {
        var under = new RecorderUnderTest();
        under.Enter(1, BootPhase.Discovering);
        under.Hear(1, [1]);
        under.Hear(1, [2]);
        var given = new BootRecord { Number = 1, Phase = BootPhase.Failed, Failure = new(BootStep.Tftp, FailureCause.Restarted, "in phase Loader") };
        under.Enter(1, BootPhase.Discovering, boot: 2, before: given);

        Assert.Equal(["boot 1 begins: phase Discovering", "Dhcp 01", "Dhcp 02"], under.Failed(1));
        Assert.Equal(["Dhcp 02", "boot 1 failed: Tftp: Restarted (in phase Loader)", "boot 2 begins: phase Discovering"], under.Current(1));
    }

    [Fact]
    public void Clients_that_booted_longest_ago_give_way_first_then_strangers_then_failed_boots()
    {
        var under = new RecorderUnderTest(new FlightLimits { Rings = 5, Strangers = 3 });
        under.Known.UnionWith(Enumerable.Range(1, 20).Select(RecorderUnderTest.Client));
        foreach (var client in (int[])[1, 2]) under.Hear(client, [1]);
        under.Enter(2, BootPhase.Booted);
        under.Enter(1, BootPhase.Booted);
        under.Hear(101, [1]);
        under.Hear(3, [1]);
        under.Enter(3, BootPhase.Failed, failure: Failure);
        under.Hear(4, [1]);

        var gone = new List<int>();
        for (var next = 5; next <= 9; next++)
        {
            under.Hear(next, [1]);
            gone.AddRange(((int[])[1, 2, 101, 3, 4]).Where(each => !gone.Contains(each) && under.Recorder.Read(RecorderUnderTest.Client(each)) is { Current: [], Failed: [] }));
        }

        Assert.Equal([2, 1, 101, 3, 4], gone);
        Assert.Equal(5 * 4096, under.Recorder.Octets);
    }

    [Fact]
    public void Strangers_drive_out_strangers_only()
    {
        var under = new RecorderUnderTest(new FlightLimits { Rings = 100, Strangers = 10 });
        under.Known.Add(RecorderUnderTest.Client(1));
        under.Hear(1, [1]);
        for (var stranger = 1000; stranger < 2000; stranger++) under.Hear(stranger, [1]);

        Assert.Equal(["Dhcp 01"], under.Current(1));
        Assert.Equal(11, under.Recorder.Clients);
        Assert.Equal(11 * 4096, under.Recorder.Octets);
    }

    [Fact]
    public void Failed_boots_are_bounded_and_the_oldest_goes()
    {
        var under = new RecorderUnderTest(new FlightLimits { Failed = 2 });
        foreach (var client in (int[])[1, 2, 3])
        {
            under.Hear(client, [1]);
            under.Enter(client, BootPhase.Failed, failure: Failure);
        }

        Assert.Empty(under.Failed(1));
        Assert.NotEmpty(under.Failed(2));
        Assert.NotEmpty(under.Failed(3));
    }

    [Fact]
    public void Packets_and_notes_of_a_client_that_is_known_allocate_nothing()
    {
        var under = new RecorderUnderTest();
        var discover = GoldenPackets.Dhcp("ipxe-bios-virtio").First().Octets;
        AllocationBudget.Nothing(() =>
        {
            for (var i = 0; i < 1000; i++)
            {
                under.Hear(1, discover);
                under.Recorder.Note(RecorderUnderTest.Client(1), FlightProtocol.Dhcp, "no answer: the pool has no free address");
            }
        });
    }

    [Fact]
    public async Task Many_threads_write_while_rings_change_hands_and_what_is_read_is_whole()
    {
        var under = new RecorderUnderTest(new FlightLimits { Rings = 8, Strangers = 8, Failed = 3, Ring = 512 });
        var writers = Enumerable.Range(0, 4).Select(writer => Task.Run(() =>
        {
            var random = new Random(writer);
            for (var i = 0; i < 20_000; i++)
            {
                var client = random.Next(1, 30);
                under.Hear(client, [(byte)client, 0, 0, 0, (byte)client]);
                if (random.Next(50) == 0) under.Enter(client, random.Next(2) == 0 ? BootPhase.Booted : BootPhase.Failed, boot: i, failure: Failure);
                foreach (var entry in under.Recorder.Read(RecorderUnderTest.Client(client)).Current.Where(entry => entry.Note is null))
                    Assert.Equal([(byte)client, 0, 0, 0, (byte)client], entry.Payload.ToArray());
            }
        }));
        await Task.WhenAll(writers);
        Assert.InRange(under.Recorder.Octets, 512, 8 * 512);
    }
}
