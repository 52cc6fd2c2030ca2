using System.Collections.Immutable;
using NetBootFabric.Boot.Heads;
using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Tests.Dhcp;

public sealed class BootServerChoiceTests
{
    private static readonly Ipv4Network Network = Ipv4Network.Parse("10.77.0.0/16");
    private static readonly Ipv4Address One = Ipv4Address.Parse("10.77.0.11"), Two = Ipv4Address.Parse("10.77.0.12"), Elsewhere = Ipv4Address.Parse("10.78.0.12");

    [Fact]
    public void The_least_loaded_for_its_weight_is_chosen()
    {
        Assert.Equal(Two, Choose(Head("a", One, load: 5), Head("b", Two, load: 4)));
        Assert.Equal(One, Choose(Head("a", One, load: 5, weight: 200), Head("b", Two, load: 4)));
        Assert.Equal(One, Choose(Head("a", One), Head("b", Two)));
    }

    [Fact]
    public void A_boot_stays_where_it_was_sent_while_somebody_serves_that_address()
    {
        Assert.Equal(One, BootServerChoice.Choose([Head("a", One, load: 500), Head("b", Two)], Network, One));
        Assert.Equal(Two, BootServerChoice.Choose([Head("b", Two)], Network, One));
    }

    [Fact]
    public void Nobody_new_is_sent_to_an_address_that_is_kept_for_another_or_to_who_leaves_unless_there_is_no_other()
    {
        var keeper = new BootHead("b", [One, Two], [Two], 100, 50, false);
        Assert.Equal(Two, Choose(keeper));
        Assert.Equal(Two, Choose(Head("a", One) with { Drains = true }, Head("b", Two, load: 90)));
        Assert.Equal(One, Choose(Head("a", One) with { Drains = true }));
    }

    [Fact]
    public void Addresses_of_other_networks_are_no_choice()
    {
        Assert.Equal(One, Choose(Head("b", Elsewhere), Head("a", One, load: 9)));
        Assert.True(Choose(Head("b", Elsewhere)).IsAny);
        Assert.True(Choose().IsAny);
    }

    private static Ipv4Address Choose(params ImmutableArray<BootHead> heads) => BootServerChoice.Choose(heads, Network, default);

    private static BootHead Head(string name, Ipv4Address address, int load = 0, int weight = 100) => new(name, [address], [address], weight, load, false);
}
