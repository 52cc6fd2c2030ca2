using NetBootFabric.Wire;
using NetBootFabric.Wire.Ndp;
using static NetBootFabric.Ndp.Tests.Someone;

namespace NetBootFabric.Ndp.Tests;

public sealed class SolicitationsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly Booting _booting = new() { Client };
    private readonly Solicitations _solicitations;

    public SolicitationsTests() => _solicitations = new Solicitations(Server, _booting);

    [Fact]
    public void A_booting_client_is_answered_at_its_link_local_address() =>
        Assert.Equal((NdpSilence.None, Ipv6Address.LinkLocal(Client)), Hear(Client, Noon));

    [Fact]
    public void A_booting_client_without_an_address_is_answered_as_one_of_all_nodes() =>
        Assert.Equal((NdpSilence.None, Ipv6Address.AllNodes), Hear(Client, default, Noon));

    [Fact]
    public void Nobody_else_is_answered()
    {
        Assert.Equal(NdpSilence.NotBooting, Hear(Stranger, Noon).Silence);
        _booting.Remove(Client);
        Assert.Equal(NdpSilence.NotBooting, Hear(Client, Noon).Silence);
        _booting.Add(Server);
        Assert.Equal(NdpSilence.Own, Hear(Server, Noon).Silence);
    }

    [Fact]
    public void A_wider_address_is_not_answered() =>
        Assert.Equal(NdpSilence.NotLinkLocal, Hear(Client, new Ipv6Address((UInt128)0x2001_0DB8 << 96), Noon).Silence);

    [Fact]
    public void A_client_is_answered_again_when_it_asks_again_but_not_for_a_flood()
    {
        _booting.Add(OtherClient);
        Assert.Equal(NdpSilence.None, Hear(Client, Noon).Silence);
        Assert.Equal(NdpSilence.Repeated, Hear(Client, Noon + Solicitations.Spacing - TimeSpan.FromTicks(1)).Silence);
        Assert.Equal(NdpSilence.None, Hear(OtherClient, Noon).Silence);
        Assert.Equal(NdpSilence.None, Hear(Client, Noon + Solicitations.Spacing).Silence);
    }

    [Fact]
    public void A_clock_that_was_set_back_silences_nobody()
    {
        Assert.Equal(NdpSilence.None, Hear(Client, Noon).Silence);
        Assert.Equal(NdpSilence.None, Hear(Client, Noon - TimeSpan.FromHours(1)).Silence);
    }

    [Fact]
    public void No_more_clients_are_remembered_than_there_is_room_for()
    {
        var later = Noon + Solicitations.Spacing;
        for (var i = 0ul; i <= Solicitations.Remembered; i++) _booting.Add(new MacAddress(0x0600_0000_0000 + i));
        for (var i = 0ul; i < Solicitations.Remembered; i++) Assert.Equal(NdpSilence.None, Hear(new MacAddress(0x0600_0000_0000 + i), Noon).Silence);
        var last = new MacAddress(0x0600_0000_0000 + Solicitations.Remembered);
        Assert.Equal(NdpSilence.Repeated, Hear(last, Noon).Silence);
        Assert.Equal(Solicitations.Remembered, _solicitations.Count);
        Assert.Equal(NdpSilence.None, Hear(last, later).Silence);
        Assert.Equal(1, _solicitations.Count);
    }

    private (NdpSilence Silence, Ipv6Address Destination) Hear(MacAddress sender, DateTimeOffset now) => Hear(sender, Ipv6Address.LinkLocal(sender), now);

    private (NdpSilence Silence, Ipv6Address Destination) Hear(MacAddress sender, Ipv6Address source, DateTimeOffset now)
    {
        var answered = _solicitations.TryAnswer(sender, new RouterSolicitation(source, null), now, out var destination, out var silence);
        Assert.Equal(answered, silence == NdpSilence.None);
        return (silence, destination);
    }
}
