using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Cluster.Messages;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Cluster.Tests;

/// <summary>Clients while the store is away, and while their head node is no longer theirs.</summary>
public sealed class WithoutStoreTests
{
    private readonly Fabric _fabric = new();

    [Fact]
    public void A_new_client_is_offered_an_address_at_its_third_discover_so_that_it_is_patient_twice()
    {
        _fabric.StoreWorks = false;
        for (var i = 0; i < 2; i++)
        {
            _fabric.Send(DhcpMessageType.Discover);
            Assert.Equal(DhcpDismissal.StoreUnavailable, Assert.IsType<DhcpDismissed>(Assert.Single(_fabric.Heard())).Reason);
        }
        _fabric.Send(DhcpMessageType.Discover);
        Assert.Equal(DhcpMessageType.Offer, Assert.IsType<DhcpAnswer>(Assert.Single(_fabric.Heard())).Type);
    }

    [Fact]
    public void A_client_with_a_running_lease_is_answered_at_once()
    {
        var address = _fabric.Exchange();
        _fabric.StoreWorks = false;
        _fabric.Send(DhcpMessageType.Discover, xid: 2);
        Assert.Equal(address, Assert.IsType<DhcpAnswer>(Assert.Single(_fabric.Heard())).YourAddress);
    }

    [Fact]
    public void When_the_store_is_back_the_next_discover_is_answered()
    {
        _fabric.StoreWorks = false;
        _fabric.Send(DhcpMessageType.Discover);
        _fabric.Heard();
        _fabric.StoreWorks = true;
        _fabric.Send(DhcpMessageType.Discover);
        Assert.IsType<DhcpAnswer>(Assert.Single(_fabric.Heard()));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(7)]
    public void An_actor_whose_client_is_another_head_nodes_by_now_answers_nothing(long epoch)
    {
        _fabric.Exchange();
        _fabric.Epoch = epoch;
        _fabric.Send(DhcpMessageType.Discover, xid: 2);
        Assert.Equal(DhcpDismissal.OtherHeadAnswers, Assert.IsType<DhcpDismissed>(Assert.Single(_fabric.Heard())).Reason);
    }

    [Fact]
    public void An_actor_that_began_while_its_head_node_was_not_sure_of_its_shard_answers_once_it_is()
    {
        _fabric.Epoch = -1;
        _fabric.Send(DhcpMessageType.Discover);
        Assert.Equal(DhcpDismissal.OtherHeadAnswers, Assert.IsType<DhcpDismissed>(Assert.Single(_fabric.Heard())).Reason);

        _fabric.Epoch = 3;
        _fabric.Send(DhcpMessageType.Discover, xid: 2);
        Assert.Equal(DhcpMessageType.Offer, Assert.IsType<DhcpAnswer>(Assert.Single(_fabric.Heard())).Type);
    }
}
