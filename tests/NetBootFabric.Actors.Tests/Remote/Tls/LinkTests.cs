using System.Buffers.Binary;
using NetBootFabric.Actors.Remote;

namespace NetBootFabric.Actors.Tests.Remote.Tls;

public sealed class LinkTests
{
    [Fact]
    public async Task Two_nodes_exchange_frames_both_ways_with_the_senders_name()
    {
        var (a, b) = await LinkNode.Pair();
        using (a)
        using (b)
        {
            Assert.True(a.Transport.Send("b", "hello"u8));
            Assert.True(b.Transport.Send("a", "well"u8));
            var (sender, frame) = await b.Frame();
            Assert.Equal("a", sender);
            Assert.Equal("hello"u8.ToArray(), frame);
            (sender, frame) = await a.Frame();
            Assert.Equal("b", sender);
            Assert.Equal("well"u8.ToArray(), frame);
            Assert.True(a.Transport.IsConnected("b"));
            Assert.Null(a.Transport.ProblemOf("b"));
        }
    }

    [Fact]
    public async Task Frames_sent_before_the_link_is_up_wait_for_it()
    {
        using var a = new LinkNode("a");
        using var b = new LinkNode("b");
        a.Start(b.AsPeer);
        Assert.True(a.Transport.Send("b", "early"u8));
        b.Start(a.AsPeer);
        Assert.Equal("early"u8.ToArray(), (await b.Frame()).Frame);
    }

    [Fact]
    public async Task Frames_of_many_sizes_arrive_once_and_in_order_and_small_ones_share_a_write()
    {
        var (a, b) = await LinkNode.Pair();
        using (a)
        using (b)
        {
            const int Count = 20_000;
            var random = new Random(7);
            var bytes = new byte[40_000];
            for (var i = 0; i < Count; i++)
            {
                BinaryPrimitives.WriteInt32BigEndian(bytes, i);
                var length = i % 500 == 0 ? random.Next(4, bytes.Length) : random.Next(4, 100);
                BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(length - 4), i);
                await LinkNode.Until(() => a.Transport.Send("b", bytes.AsSpan(0, length)));
            }
            for (var i = 0; i < Count; i++)
            {
                var (_, frame) = await b.Frame();
                Assert.Equal(i, BinaryPrimitives.ReadInt32BigEndian(frame.AsSpan(frame.Length - 4)));
            }
            await LinkNode.Until(() => a.Transport.Metrics.FramesSent == Count);
            Assert.InRange(a.Transport.Metrics.Writes, 1, Count - 1);
            Assert.Equal(Count, b.Transport.Metrics.FramesReceived);
            Assert.Equal(a.Transport.Metrics.BytesSent, b.Transport.Metrics.BytesReceived);
        }
    }

    [Fact]
    public async Task An_empty_frame_and_the_longest_one_pass_and_a_longer_one_is_refused()
    {
        var (a, b) = await LinkNode.Pair();
        using (a)
        using (b)
        {
            var longest = new byte[IRemoteTransport.MaxFrame];
            new Random(1).NextBytes(longest);
            Assert.True(a.Transport.Send("b", longest));
            Assert.False(a.Transport.Send("b", new byte[IRemoteTransport.MaxFrame + 1]));
            Assert.True(a.Transport.Send("b", default));
            Assert.Equal(longest, (await b.Frame()).Frame);
            Assert.Empty((await b.Frame()).Frame);
            Assert.Equal(1, a.Transport.Metrics.Dropped);
        }
    }

    [Fact]
    public async Task What_is_sent_to_nobody_we_know_is_refused_and_counted()
    {
        var (a, b) = await LinkNode.Pair();
        using (a)
        using (b)
        {
            Assert.False(a.Transport.Send("c", "x"u8));
            Assert.False(a.Transport.IsConnected("c"));
            Assert.Equal(1, a.Transport.Metrics.Dropped);
        }
    }

    [Fact]
    public async Task A_receiver_that_throws_is_counted_and_the_link_stays()
    {
        using var a = new LinkNode("a");
        using var b = new LinkNode("b") { Hold = frame => { if (frame[0] == 0) throw new InvalidOperationException("planted"); } };
        a.Start(b.AsPeer);
        b.Start(a.AsPeer);
        Assert.True(a.Transport.Send("b", [0]));
        Assert.True(a.Transport.Send("b", [1]));
        Assert.Equal([1], (await b.Frame()).Frame);
        Assert.Equal(1, b.Transport.Metrics.Faults);
        Assert.Equal(0, b.Transport.Metrics.Breaks);
    }

    [Fact]
    public async Task A_peer_that_does_not_read_fills_its_own_queue_and_nobody_elses()
    {
        using var gate = new ManualResetEventSlim();
        using var a = new LinkNode("a", options => options with { SendQueueBytes = 1 << 20 });
        using var slow = new LinkNode("slow") { Hold = _ => gate.Wait() };
        using var quick = new LinkNode("quick");
        a.Start(slow.AsPeer, quick.AsPeer);
        slow.Start(a.AsPeer);
        quick.Start(a.AsPeer);
        var block = new byte[64 * 1024];
        var sent = 0;
        // What the kernel and the reader hold is some megabytes at the most; the queue then stays full.
        await LinkNode.Until(() =>
        {
            while (sent < 2000 && a.Transport.Send("slow", block)) sent++;
            return a.Transport.Metrics.Dropped > 100;
        });
        Assert.True(sent < 2000);
        Assert.True(a.Transport.Send("quick", "still here"u8));
        Assert.Equal("still here"u8.ToArray(), (await quick.Frame()).Frame);
        gate.Set();
        for (var i = 0; i < sent; i++) Assert.Equal(block.Length, (await slow.Frame()).Frame.Length);
        Assert.True(a.Transport.Send("slow", "on"u8));
        Assert.Equal("on"u8.ToArray(), (await slow.Frame()).Frame);
    }

    [Fact]
    public async Task Many_that_dial_each_other_at_once_end_with_one_link_a_pair_and_lose_nothing()
    {
        const int Nodes = 6, Each = 50;
        var nodes = Enumerable.Range(0, Nodes).Select(i => new LinkNode($"n{i}")).ToArray();
        RemotePeer[] peers = [.. nodes.Select(node => node.AsPeer)];
        try
        {
            Parallel.ForEach(nodes, node => node.Start(peers));
            foreach (var node in nodes)
                foreach (var peer in peers)
                    for (var i = 0; i < Each && peer.Name != node.Name; i++) Assert.True(node.Transport.Send(peer.Name, [(byte)i]));
            foreach (var node in nodes)
            {
                var next = new Dictionary<string, byte>();
                for (var i = 0; i < Each * (Nodes - 1); i++)
                {
                    var (sender, frame) = await node.Frame();
                    var expected = next.GetValueOrDefault(sender);
                    Assert.Equal(expected, frame[0]);
                    next[sender] = (byte)(expected + 1);
                }
                Assert.Equal(Nodes - 1, node.Transport.Metrics.LinksUp);
                Assert.Equal(0, node.Transport.Metrics.Dropped);
                Assert.Equal(0, node.Transport.Metrics.Breaks);
            }
        }
        finally
        {
            foreach (var node in nodes) node.Dispose();
        }
    }
}
