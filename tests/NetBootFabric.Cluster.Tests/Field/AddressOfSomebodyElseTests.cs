using System.Collections.Frozen;
using NetBootFabric.Boot.Events;
using NetBootFabric.Cluster.Lanes;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Cluster.Tests.Field;

/// <summary>A node declined its fixed address, since another machine sits on it, and boots with one of the pool.</summary>
public sealed class AddressOfSomebodyElseTests
{
    [Fact] // F12
    public void The_nodes_story_names_the_machine_that_sits_on_its_fixed_address()
    {
        var (fabric, taken, intruder) = (new Fabric(), Ipv4Address.Parse("10.77.0.21"), new MacAddress(0x5254_00aa_0102));
        fabric.Current = fabric.Current with
        {
            FixedAddresses = new Dictionary<Ipv4Address,
            MacAddress>
            { [taken] = Fabric.Mac }.ToFrozenDictionary()
        };
        fabric.Send(DhcpMessageType.Discover);
        fabric.Heard();
        new EventLane(fabric.Region, fabric.Leases, fabric.Runtime.TimeProvider, fabric.Board, fabric)
            .Report(new ArpObservation(ArpSighting.Conflict, intruder, taken, 1, "eth1", fabric.Runtime.TimeProvider.GetUtcNow()));
        fabric.Runtime.RunUntilIdle();

        Assert.Equal("52:54:00:aa:01:02 uses 10.77.0.21 too", fabric.Client.Current!.Conflict);
    }
}
