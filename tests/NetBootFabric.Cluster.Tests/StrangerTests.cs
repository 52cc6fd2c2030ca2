using NetBootFabric.Boot.Clients;
using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Boot.Events;
using NetBootFabric.Boot.Leases;
using NetBootFabric.Cluster.Clients;
using NetBootFabric.Cluster.Lanes;
using NetBootFabric.Cluster.Messages;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Cluster.Tests;

/// <summary>Machines that somebody made up must cost no more than a bounded amount of memory, and nothing on the disk.</summary>
public sealed class StrangerTests
{
    private readonly Fabric _fabric = new();

    [Fact]
    public void All_strangers_are_answered_and_only_the_latest_stay_in_memory()
    {
        for (ulong mac = 0x02_0000_0001; mac <= 0x02_0000_0009; mac++) _fabric.Knock(mac);

        Assert.Equal(9, _fabric.Heard().OfType<DhcpAnswer>().Count());
        Assert.Equal(3, _fabric.Entities());
    }

    [Fact]
    public void A_stranger_that_gave_way_is_bound_when_it_goes_on()
    {
        _fabric.Send(DhcpMessageType.Discover);
        var offered = ((DhcpAnswer)_fabric.Heard().Single()).YourAddress;
        for (ulong mac = 0x02_0000_0001; mac <= 0x02_0000_0005; mac++) _fabric.Knock(mac);
        _fabric.Heard();

        _fabric.Send(DhcpMessageType.Request, requested: offered);
        Assert.Equal(offered, Assert.IsType<DhcpAnswer>(Assert.Single(_fabric.Heard())).YourAddress);
        Assert.Equal(1, _fabric.Client.Current!.Exchanges);
    }

    [Fact]
    public void A_bound_client_gives_way_to_nobody()
    {
        _fabric.Exchange();
        for (ulong mac = 0x02_0000_0001; mac <= 0x02_0000_0005; mac++) _fabric.Knock(mac);

        Assert.Equal(4, _fabric.Entities());
    }

    [Fact]
    public void A_stranger_that_goes_no_further_is_shown_and_not_written()
    {
        _fabric.Knock(0x02_0000_0001);
        _fabric.Runtime.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(FailureCause.NoRequest, _fabric.Board.Find(new MacAddress(0x02_0000_0001))!.Current!.Failure!.Cause);
        Assert.Equal((0, 0), (_fabric.Entities(), _fabric.Journal.Appends));
    }

    [Fact]
    public void The_board_shows_a_bounded_number_of_strangers()
    {
        var board = new ClientBoard();
        for (ulong mac = 1; mac <= ClientBoard.StrangersKept + 5; mac++)
        {
            board.Post(new ClientState { Mac = new MacAddress(mac), Current = new BootRecord { Number = 1, Phase = BootPhase.Failed } }, entered: false);
            board.Retire(new MacAddress(mac));
        }

        Assert.Equal(ClientBoard.StrangersKept, board.Count);
        Assert.Null(board.Find(new MacAddress(5)));
        Assert.NotNull(board.Find(new MacAddress(6)));
    }

    [Fact]
    public void What_is_said_of_a_machine_never_heard_of_keeps_no_actor()
    {
        _fabric.Tell(new SystemReported(new SystemReport(Fabric.Mac, default, true, null, default)));
        _fabric.Tell(new ArpSeen(Fabric.Mac, new ArpObservation(ArpSighting.ServerAsked, Fabric.Mac, Fabric.Server, 1, "eth1", default)));

        Assert.Equal((0, 0), (_fabric.Entities(), _fabric.Board.Count));
    }

    [Fact]
    public void An_address_that_somebody_else_answers_for_is_quarantined()
    {
        var disputed = Ipv4Address.Parse("10.77.1.9");
        new EventLane(_fabric.Region, _fabric.Leases, _fabric.Runtime.TimeProvider)
            .Report(new ArpObservation(ArpSighting.Conflict, new MacAddress(0x02_0000_0001), disputed, 1, "eth1", default));

        Assert.Equal(disputed, Assert.Single(_fabric.LeaseStore.Quarantines).Address);
    }

    [Fact]
    public void A_client_can_not_report_for_another()
    {
        var address = _fabric.Exchange();
        var lane = new EventLane(_fabric.Region, _fabric.Leases, _fabric.Runtime.TimeProvider);
        var other = new Lease { Client = new MacAddress(0x02_0000_0001), Address = Ipv4Address.Parse("10.77.1.9"), ExpiresAt = DateTimeOffset.MaxValue };
        _fabric.Leases.Commit(other, 0, static _ => { });
        lane.Report(new SystemReport(Fabric.Mac, other.Address, Booted: false, "spoofed", default));
        _fabric.Runtime.RunUntilIdle();
        Assert.Equal(BootPhase.Bound, _fabric.Client.Current!.Phase);

        lane.Report(new SystemReport(Fabric.Mac, address, Booted: true, null, default));
        _fabric.Runtime.RunUntilIdle();
        Assert.Equal(BootPhase.Booted, _fabric.Client.Current!.Phase);
    }
}
