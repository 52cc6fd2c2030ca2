using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Boot.Heads;
using NetBootFabric.Cluster.Lanes;
using NetBootFabric.Cluster.Messages;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Cluster.Tests;

/// <summary>What one of several head nodes does with a packet that all of them heard.</summary>
public sealed class SharedBroadcastTests : IShardOwnership, IDhcpReplies
{
    private readonly DeterministicRuntime _runtime = new(seed: 1);
    private readonly List<DhcpInquiry> _passed = [];
    private readonly List<DhcpDismissal> _dismissed = [];
    private readonly HashSet<int> _owned = [0];
    private readonly DhcpLane _lane;

    public SharedBroadcastTests()
    {
        var system = new SimulatedNode(_runtime).CreateSystem("lane");
        _lane = new DhcpLane(system, system.ActorOf(Props.Create(() => new Region(_passed))), _runtime.TimeProvider, this);
        _lane.Attach(0, this);
    }

    public int Shards => 4;
    public int ShardOf(MacAddress client) => (int)(client.Value % 4);
    public bool Owns(int shard) => _owned.Contains(shard);
    public long EpochOf(int shard) => Owns(shard) ? 1 : -1;
    void IDhcpReplies.Queue(DhcpAnswer answer) { }
    void IDhcpReplies.Dismiss(DhcpInquiry inquiry, DhcpDismissal reason) => _dismissed.Add(reason);

    [Fact]
    public void A_broadcast_of_a_client_that_is_ours_goes_to_its_actor_and_another_ones_does_not()
    {
        Hear(client: 4);
        Hear(client: 5);
        Assert.Equal([4], Passed);
        Assert.Equal([DhcpDismissal.OtherHeadAnswers], _dismissed);
    }

    [Fact]
    public void What_nobody_else_heard_goes_to_the_clients_actor_wherever_that_is()
    {
        Hear(client: 5, isUnicast: true);
        Assert.Equal([5], Passed);
        Assert.Empty(_dismissed);
    }

    [Fact]
    public void The_last_question_of_each_client_of_a_dead_head_node_is_answered_by_its_heir()
    {
        Hear(client: 5, xid: 1);
        Hear(client: 5, xid: 2);
        Hear(client: 9, xid: 3);
        Hear(client: 6, xid: 4);
        _owned.Add(1);
        _lane.Inherit([1]);
        _lane.Inherit([1]);
        _runtime.RunUntilIdle();
        Assert.Equal([2u, 3u], _passed.Select(inquiry => inquiry.TransactionId).Order());
    }

    [Fact]
    public void A_question_that_is_some_seconds_old_was_asked_again_since()
    {
        Hear(client: 5);
        _runtime.Advance(TimeSpan.FromSeconds(3));
        _lane.Inherit([1]);
        _runtime.RunUntilIdle();
        Assert.Empty(_passed);
    }

    [Fact]
    public void A_flood_of_other_head_nodes_clients_keeps_only_the_latest()
    {
        for (ulong i = 0; i < 20_000; i++) Hear(client: (i * 4) + 1, run: false);
        _lane.Inherit([1]);
        _runtime.RunUntilIdle();
        Assert.Equal(1024, _passed.Count); // the window of the lane; the others wait
        Assert.DoesNotContain(_passed, inquiry => inquiry.Client.Value == 1);
    }

    private List<ulong> Passed => [.. _passed.Select(inquiry => inquiry.Client.Value)];

    private void Hear(ulong client, uint xid = 1, bool isUnicast = false, bool run = true)
    {
        _lane.Submit(new DhcpInquiry
        {
            Type = DhcpMessageType.Discover,
            Client = new MacAddress(client),
            TransactionId = xid,
            Ingress = new Ingress(0, "eth1", default, default, 68, 67) { IsUnicast = isUnicast },
        });
        if (run) _runtime.RunUntilIdle();
    }

    private sealed class Region : ReceiveActor
    {
        public Region(List<DhcpInquiry> passed) => Receive<DhcpArrived>(arrived => passed.Add(arrived.Inquiry));
    }
}
