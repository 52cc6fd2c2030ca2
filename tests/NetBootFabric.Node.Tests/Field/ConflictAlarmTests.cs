using System.Collections.Frozen;
using NetBootFabric.Arp;
using NetBootFabric.Boot.Events;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Node.Alarms;
using NetBootFabric.Wire;

namespace NetBootFabric.Node.Tests.Field;

/// <summary>Machines that use an address which is another's.</summary>
public sealed class ConflictAlarmTests : IBootEvents, IRoomSource
{
    private static readonly MacAddress Stranger = MacAddress.Parse("52:54:00:aa:01:02"), N01 = MacAddress.Parse("52:54:00:aa:00:01");
    private static readonly Ipv4Address Head = Ipv4Address.Parse("10.77.0.1"), Fixed = Ipv4Address.Parse("10.77.0.21");

    private readonly WireAlarms _alarms = new(TimeProvider.System);
    private readonly List<ArpObservation> _passed = [];

    public Room Current { get; } = new()
    {
        Nodes = new Dictionary<MacAddress, NodeEntry> { [N01] = new() { Mac = N01, Name = "n01" } }.ToFrozenDictionary(),
        FixedAddresses = new Dictionary<Ipv4Address, MacAddress> { [Fixed] = N01 }.ToFrozenDictionary(),
    };

    void IBootEvents.Report(TransferEvent transfer) => Assert.Fail("no transfer was told");
    void IBootEvents.Report(SystemReport report) => Assert.Fail("no report was told");
    void IBootEvents.Report(ArpObservation observation) => _passed.Add(observation);

    private void See(Ipv4Address address, ArpSighting sighting = ArpSighting.Conflict) =>
        new ConflictAlarms(this, _alarms, new HostAddresses([], [Head]), this)
            .Report(new ArpObservation(sighting, Stranger, address, 1, "h0", DateTimeOffset.UnixEpoch));

    [Fact]
    public void Who_claims_an_address_of_the_head_node_is_named()
    {
        See(Head);
        Assert.StartsWith("52:54:00:aa:01:02 claims 10.77.0.1 on h0, an address of this head node", Assert.Single(_alarms.Standing),
            StringComparison.Ordinal);
        Assert.Single(_passed);
    }

    [Fact]
    public void Who_sits_on_a_nodes_fixed_address_is_named()
    {
        See(Fixed);
        Assert.StartsWith("52:54:00:aa:01:02 uses 10.77.0.21 on h0, the fixed address of n01 (52:54:00:aa:00:01)",
            Assert.Single(_alarms.Standing), StringComparison.Ordinal);
    }

    [Fact]
    public void A_question_for_the_head_node_is_no_alarm()
    {
        See(Head, ArpSighting.ServerAsked);
        Assert.Empty(_alarms.Standing);
        Assert.Single(_passed);
    }
}
