using NetBootFabric.Actors.Remote.Tls;

namespace NetBootFabric.Actors.Tests.Remote.Tls;

public sealed class LinkLifeTests
{
    [Fact]
    public async Task A_peer_that_restarts_with_a_new_certificate_is_let_in_when_it_is_named_again()
    {
        using var a = new LinkNode("a");
        var first = new LinkNode("b");
        a.Start(first.AsPeer);
        first.Start(a.AsPeer);
        await a.Link("b", up: true);
        first.Dispose();
        await a.Link("b", up: false);

        using var second = new LinkNode("b", listen: first.Transport.Endpoint.ToString()).Start(a.AsPeer);
        await LinkNode.Until(() => a.Transport.ProblemOf("b") is not null && a.Transport.Metrics.Refused > 0); // refused on both sides: not the one that was named
        Assert.False(a.Transport.IsConnected("b"));

        a.Transport.SetPeers([second.AsPeer]);
        await a.Link("b", up: true);
        Assert.True(a.Transport.Send("b", "new"u8));
        Assert.Equal("new"u8.ToArray(), (await second.Frame()).Frame);
    }

    [Fact]
    public async Task What_waited_for_a_peers_earlier_process_is_not_sent_to_the_next()
    {
        using var a = new LinkNode("a");
        using var gone = new LinkNode("b"); // never started: does not answer
        using var next = new LinkNode("b");
        a.Start(gone.AsPeer);
        Assert.True(a.Transport.Send("b", "old"u8));
        a.Transport.SetPeers([next.AsPeer]);
        Assert.True(a.Transport.Send("b", "new"u8));
        next.Start(a.AsPeer);
        Assert.Equal("new"u8.ToArray(), (await next.Frame()).Frame);
        await LinkNode.Until(() => a.Transport.Metrics.Dropped == 1);
    }

    [Theory]
    [InlineData("a", "b")]
    [InlineData("b", "a")]
    public async Task A_link_is_made_anew_by_itself_whichever_end_broke_it(string breaker, string other)
    {
        using var one = new LinkNode(breaker);
        using var two = new LinkNode(other);
        one.Start(two.AsPeer);
        two.Start(one.AsPeer);
        await one.Link(other, up: true);
        await two.Link(breaker, up: true);
        one.Transport.SetPeers([]);
        await two.Link(breaker, up: false);
        one.Transport.SetPeers([two.AsPeer]);
        await two.Link(breaker, up: true);
        Assert.True(two.Transport.Send(breaker, "again"u8));
        Assert.Equal("again"u8.ToArray(), (await one.Frame()).Frame);
    }

    [Fact]
    public async Task A_peer_that_is_named_no_more_is_hung_up_on()
    {
        var (a, b) = await LinkNode.Pair();
        using (a)
        using (b)
        {
            a.Transport.SetPeers([]);
            await a.Link("b", up: false);
            await b.Link("a", up: false);
            Assert.False(a.Transport.Send("b", "x"u8));
            Assert.Equal(0, a.Transport.Metrics.LinksUp);
        }
    }

    [Fact]
    public async Task One_that_can_only_be_dialled_or_only_dial_is_linked_all_the_same()
    {
        using var a = new LinkNode("a");
        using var b = new LinkNode("b");
        a.Start(b.AsPeer);
        b.Start(a.AsPeer with { Address = "127.0.0.1:1" }); // nobody there
        await b.Link("a", up: true);
        Assert.True(b.Transport.Send("a", "dialled"u8));
        Assert.Equal("dialled"u8.ToArray(), (await a.Frame()).Frame);

        using var c = new LinkNode("c");
        using var d = new LinkNode("d");
        c.Start(d.AsPeer with { Address = "no port" });
        d.Start(c.AsPeer);
        await c.Link("d", up: true);
        Assert.True(c.Transport.Send("d", "dialled"u8));
        Assert.Equal("dialled"u8.ToArray(), (await d.Frame()).Frame);
    }

    [Fact]
    public async Task Disposal_breaks_links_refuses_frames_and_frees_the_port()
    {
        var (a, b) = await LinkNode.Pair();
        using (a)
        using (b)
        {
            a.Transport.Dispose();
            Assert.False(a.Transport.Send("b", "x"u8));
            Assert.False(a.Transport.IsConnected("b"));
            await b.Link("a", up: false);
            a.Transport.SetPeers([b.AsPeer]);
            a.Transport.Dispose();
            using var again = new LinkNode("a", listen: a.Transport.Endpoint.ToString());
            Assert.Equal(a.Transport.Endpoint, again.Transport.Endpoint);
        }
    }

    [Theory]
    [InlineData("10.0.0.1:7000", "10.0.0.1", 7000)]
    [InlineData("[fe80::1]:7000", "fe80::1", 7000)]
    [InlineData("head-1.room:0", "head-1.room", 0)]
    public void An_address_is_host_and_port(string text, string host, int port)
    {
        Assert.True(HostPort.TryParse(text, out var parsedHost, out var parsedPort));
        Assert.Equal((host, port), (parsedHost, parsedPort));
    }

    [Theory]
    [InlineData("")]
    [InlineData(":7000")]
    [InlineData("head")]
    [InlineData("head:")]
    [InlineData("head:70000")]
    [InlineData("fe80::1:7000")]
    public void What_is_not_host_and_port_is_no_address(string text) => Assert.False(HostPort.TryParse(text, out _, out _));
}
