using NetBootFabric.Boot.Events;
using NetBootFabric.Testing;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Arp;
using static NetBootFabric.Arp.Tests.Someone;

namespace NetBootFabric.Arp.Tests;

public sealed class ArpSightingsTests
{
    private readonly SmallRoom _room = new();
    private readonly ArpSightings _sightings;
    private DateTimeOffset _now = Noon;

    public ArpSightingsTests() => _sightings = new ArpSightings(new HostAddresses([Server], [ServerAddress]), _room, seed: 42);

    [Fact]
    public void A_client_that_asks_for_the_server_is_reported_each_time_with_how_often()
    {
        var question = ArpPacket.Request(Client, ClientAddress, ServerAddress);
        Assert.Equal(new ArpFinding(ArpSighting.ServerAsked, Client, ServerAddress, 1), See(question));
        _now += TimeSpan.FromSeconds(1);
        Assert.Equal(new ArpFinding(ArpSighting.ServerAsked, Client, ServerAddress, 2), See(question));
    }

    [Fact]
    public void Questions_in_quick_succession_are_counted_but_not_all_reported()
    {
        var question = ArpPacket.Request(Client, ClientAddress, ServerAddress);
        See(question);
        for (var i = 0; i < 10; i++) Assert.Equal(ArpSilence.Repeated, Silence(question));
        _now += TimeSpan.FromMilliseconds(200);
        Assert.Equal(12, See(question).Times);
    }

    [Fact]
    public void After_a_long_silence_the_count_begins_anew()
    {
        var question = ArpPacket.Request(Client, ClientAddress, ServerAddress);
        See(question);
        _now += TimeSpan.FromMinutes(16);
        Assert.Equal(1, See(question).Times);
    }

    [Fact]
    public void A_question_from_an_address_that_is_not_ours_to_give_counts_too() =>
        Assert.Equal(ArpSighting.ServerAsked, See(ArpPacket.Request(Stranger, Elsewhere, ServerAddress)).Sighting);

    [Fact]
    public void A_probe_for_the_servers_address_asks_nothing() =>
        Assert.Equal(ArpSilence.NotOurs, Silence(ArpPacket.Probe(Client, ServerAddress)));

    [Fact]
    public void A_question_among_strangers_is_not_ours() =>
        Assert.Equal(ArpSilence.NotOurs, Silence(ArpPacket.Request(Stranger, Elsewhere, OtherAddress)));

    [Fact]
    public void A_client_is_announced_when_it_first_uses_its_address()
    {
        Assert.Equal(new ArpFinding(ArpSighting.ClientAnnounced, Client, ClientAddress, 1), See(ArpPacket.Announcement(Client, ClientAddress)));
        Assert.Equal(ArpSilence.Repeated, Silence(ArpPacket.Request(Client, ClientAddress, OtherAddress)));
        Assert.Equal(ArpSighting.ClientAnnounced, See(ArpPacket.Request(OtherClient, OtherAddress, ClientAddress)).Sighting);
    }

    [Fact]
    public void An_answer_to_our_own_question_shows_that_the_client_has_its_address()
    {
        var answer = ArpPacket.Request(Server, ServerAddress, ClientAddress).Answer(Client);
        Assert.Equal(new ArpFinding(ArpSighting.ClientAnswered, Client, ClientAddress, 1), See(answer));
    }

    [Theory]
    [InlineData("10.9.0.2")]   // another client's
    [InlineData("10.9.0.1")]   // the server's
    [InlineData("10.9.0.100")] // nobody's
    public void Whoever_uses_an_address_that_is_not_its_own_is_in_conflict(string text)
    {
        var address = Ipv4Address.Parse(text);
        ArpPacket[] uses = [ArpPacket.Announcement(Stranger, address), ArpPacket.Request(Stranger, address, ServerAddress), ArpPacket.Probe(Server, address).Answer(Stranger)];
        foreach (var use in uses)
        {
            Assert.Equal((ArpSighting.Conflict, Stranger, address), See(use) is var found ? (found.Sighting, found.Sender, found.Address) : default);
            _now += TimeSpan.FromSeconds(30);
        }
    }

    [Fact]
    public void A_conflict_is_reported_again_only_after_a_while_and_each_address_apart()
    {
        See(ArpPacket.Announcement(Stranger, Vacant));
        Assert.Equal(ArpSilence.Repeated, Silence(ArpPacket.Announcement(Stranger, Vacant)));
        Assert.Equal(ClientAddress, See(ArpPacket.Announcement(Stranger, ClientAddress)).Address);
        Assert.Equal(ArpSilence.Repeated, Silence(ArpPacket.Announcement(Stranger, Vacant)));
        _now += TimeSpan.FromSeconds(30);
        Assert.Equal(5, See(ArpPacket.Announcement(Stranger, Vacant)).Times);
    }

    [Fact]
    public void A_probe_for_somebody_elses_address_is_no_conflict_yet() =>
        Assert.Equal(ArpSilence.NotOurs, Silence(ArpPacket.Probe(Stranger, ClientAddress)));

    [Fact]
    public void A_client_may_come_back_with_the_address_that_ran_out()
    {
        _room.ClientExpired = true;
        Assert.Equal(ArpSighting.ServerAsked, See(ArpPacket.Request(Client, ClientAddress, ServerAddress)).Sighting);
    }

    [Fact]
    public void But_when_it_answers_a_probe_for_that_address_nobody_else_must_get_it()
    {
        _room.ClientExpired = true;
        Assert.Equal(ArpSighting.Conflict, See(ArpPacket.Probe(Server, ClientAddress).Answer(Client)).Sighting);
    }

    [Fact]
    public void A_router_that_answers_for_everything_does_not_empty_the_pool()
    {
        var reports = 0;
        for (uint i = 0; i < 90; i++)
        {
            var answer = ArpPacket.Probe(Server, new Ipv4Address(Vacant.Value + i)).Answer(Stranger);
            if (_sightings.TrySee(answer, _now, out _, out var silence)) reports++;
            else Assert.Equal(ArpSilence.ProxyArp, silence);
        }
        Assert.Equal(8, reports);
        Assert.Equal(ArpSighting.Conflict, See(ArpPacket.Announcement(OtherClient, Vacant)).Sighting); // others are heard
    }

    [Fact]
    public void What_this_machine_sent_is_left_alone()
    {
        Assert.Equal(ArpSilence.Own, Silence(ArpPacket.Announcement(Server, ServerAddress)));
        Assert.Equal(ArpSilence.Own, Silence(ArpPacket.Probe(Server, Vacant)));
    }

    [Fact]
    public void A_sender_that_no_machine_can_have_is_refused()
    {
        Assert.Equal(ArpSilence.BadSender, Silence(ArpPacket.Announcement(MacAddress.Broadcast, Vacant)));
        Assert.Equal(ArpSilence.BadSender, Silence(ArpPacket.Announcement(default, Vacant)));
    }

    [Fact]
    public void A_clock_that_is_set_back_silences_nobody()
    {
        var question = ArpPacket.Request(Client, ClientAddress, ServerAddress);
        See(question);
        _now -= TimeSpan.FromHours(1);
        Assert.Equal(2, See(question).Times);
    }

    [Fact]
    public void Deciding_allocates_nothing()
    {
        var packets = new[] { ArpPacket.Request(Client, ClientAddress, ServerAddress), ArpPacket.Announcement(Stranger, Vacant), ArpPacket.Probe(Stranger, Vacant) };
        foreach (var packet in packets) _sightings.TrySee(packet, _now, out _, out _);
        AllocationBudget.Nothing(() =>
        {
            for (var i = 0; i < 1000; i++) _sightings.TrySee(packets[i % 3], _now.AddSeconds(i), out _, out _);
        });
    }

    private ArpFinding See(in ArpPacket packet)
    {
        Assert.True(_sightings.TrySee(packet, _now, out var finding, out var silence), silence.ToString());
        return finding;
    }

    private ArpSilence Silence(in ArpPacket packet)
    {
        Assert.False(_sightings.TrySee(packet, _now, out _, out var silence));
        return silence;
    }
}
