using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Cluster.Lanes;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Cluster.Tests;

public sealed class QueueTests
{
    private static readonly Ingress Ingress = new(0, "eth1", default, default, 68, 67);

    private static DhcpInquiry Packet(DhcpMessageType type, ulong client) => new() { Type = type, Client = new MacAddress(client), Ingress = Ingress };

    private static List<ulong> Drain(DhcpQueue queue)
    {
        var drained = new List<ulong>();
        while (queue.TryDequeue(out var next)) drained.Add(next.Client.Value);
        return drained;
    }

    [Fact]
    public void Requests_go_before_discovers_and_each_kind_in_its_order()
    {
        var queue = new DhcpQueue(10);
        queue.Enqueue(Packet(DhcpMessageType.Discover, 1));
        queue.Enqueue(Packet(DhcpMessageType.Request, 2));
        queue.Enqueue(Packet(DhcpMessageType.Discover, 3));
        queue.Enqueue(Packet(DhcpMessageType.Request, 4));

        Assert.Equal([2, 4, 1, 3], Drain(queue));
    }

    [Fact]
    public void A_client_that_asks_again_keeps_its_turn_and_its_newest_packet_is_answered()
    {
        var queue = new DhcpQueue(3);
        var old = Packet(DhcpMessageType.Discover, 1);
        var newer = Packet(DhcpMessageType.Discover, 1) with { Seconds = 4 };
        queue.Enqueue(old);
        queue.Enqueue(Packet(DhcpMessageType.Discover, 2));
        queue.Enqueue(Packet(DhcpMessageType.Request, 1));

        Assert.Same(old, queue.Enqueue(newer));
        Assert.Equal(3, queue.Count);
        Assert.True(queue.TryDequeue(out _));
        Assert.True(queue.TryDequeue(out var next));
        Assert.Same(newer, next);
    }

    [Fact]
    public void When_full_the_oldest_discover_is_shed()
    {
        var queue = new DhcpQueue(3);
        queue.Enqueue(Packet(DhcpMessageType.Request, 1));
        queue.Enqueue(Packet(DhcpMessageType.Discover, 2));
        queue.Enqueue(Packet(DhcpMessageType.Discover, 3));

        Assert.Equal(2ul, queue.Enqueue(Packet(DhcpMessageType.Request, 4))!.Client.Value);
        Assert.Equal([1, 4, 3], Drain(queue));
    }

    [Fact]
    public void Full_of_requests_it_sheds_the_oldest_of_them()
    {
        var queue = new DhcpQueue(2);
        queue.Enqueue(Packet(DhcpMessageType.Request, 1));
        queue.Enqueue(Packet(DhcpMessageType.Request, 2));

        Assert.Equal(1ul, queue.Enqueue(Packet(DhcpMessageType.Request, 3))!.Client.Value);
        Assert.Equal(2, queue.Count);
    }

    [Fact]
    public void What_no_boot_waits_for_goes_last_and_makes_room_first_once_there_is_much_of_it()
    {
        var queue = new DhcpQueue(16);
        for (ulong i = 0; i < 4; i++) queue.Enqueue(Packet(DhcpMessageType.Release, i));
        for (ulong i = 4; i < 16; i++) queue.Enqueue(Packet(DhcpMessageType.Discover, i));

        Assert.Equal(0ul, queue.Enqueue(Packet(DhcpMessageType.Discover, 16))!.Client.Value);
        Assert.Equal(1ul, queue.Enqueue(Packet(DhcpMessageType.Discover, 17))!.Client.Value);
        Assert.Equal(4ul, queue.Enqueue(Packet(DhcpMessageType.Request, 18))!.Client.Value);
        Assert.Equal([18, .. Enumerable.Range(5, 13).Select(i => (ulong)i), 2, 3], Drain(queue));
    }
}
