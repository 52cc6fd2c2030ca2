using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Cluster.Lanes;
using NetBootFabric.Cluster.Messages;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Cluster.Tests;

public sealed class DhcpLaneTests
{
    private readonly DeterministicRuntime _runtime = new(seed: 1);
    private readonly List<ulong> _passed = [];
    private readonly DhcpLane _lane;

    public DhcpLaneTests()
    {
        var system = new SimulatedNode(_runtime).CreateSystem("lane");
        _lane = new DhcpLane(system, system.ActorOf(Props.Create(() => new DeafRegion(_passed))), _runtime.TimeProvider);
    }

    private void Submit(ulong client)
    {
        _lane.Submit(new DhcpInquiry { Type = DhcpMessageType.Discover, Client = new MacAddress(client), Ingress = new Ingress(0, "eth1", default, default, 68, 67) });
        _runtime.RunUntilIdle();
    }

    [Fact]
    public void What_waits_behind_inquiries_that_are_never_answered_goes_on_after_a_while()
    {
        for (ulong client = 1; client <= 1034; client++) Submit(client);
        Assert.Equal(1024, _passed.Count);

        _runtime.Advance(TimeSpan.FromSeconds(3));
        Submit(1035);
        Submit(1036);
        Assert.Equal(1036, _passed.Distinct().Count());
    }

    /// <summary>Clients whose actors all died with the question.</summary>
    private sealed class DeafRegion : ReceiveActor
    {
        public DeafRegion(List<ulong> passed) => Receive<DhcpArrived>(arrived => passed.Add(arrived.Client.Value));
    }
}
