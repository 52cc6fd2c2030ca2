using System.Net.Sockets;
using NetBootFabric.Actors.Remote;
using NetBootFabric.Actors.Remote.Tls;

namespace NetBootFabric.Actors.Tests.Remote.Tls;

public sealed class StrangerTests
{
    [Fact]
    public async Task One_whose_fingerprint_is_not_known_is_refused_and_may_not_use_a_peers_name()
    {
        var (a, b) = await LinkNode.Pair();
        using var imposter = new LinkNode("b");
        using (a)
        using (b)
        {
            imposter.Start(a.AsPeer);
            await LinkNode.Until(() => a.Transport.Metrics.Refused > 0);
            Assert.False(imposter.Transport.IsConnected("a"));
            Assert.True(a.Transport.Send("b", "for b"u8));
            Assert.Equal("for b"u8.ToArray(), (await b.Frame()).Frame);
            Assert.Equal(0, imposter.Transport.Metrics.FramesReceived);
        }
    }

    [Fact]
    public async Task A_peer_that_shows_another_certificate_than_the_named_one_gets_no_frame()
    {
        using var a = new LinkNode("a");
        using var b = new LinkNode("b");
        a.Start(b.AsPeer with { Fingerprint = new string('0', 64) });
        b.Start(a.AsPeer);
        Assert.True(a.Transport.Send("b", "secret"u8));
        await LinkNode.Until(() => a.Transport.ProblemOf("b") is not null && a.Transport.Metrics.Refused > 0);
        Assert.False(a.Transport.IsConnected("b"));
        Assert.Equal(0, b.Transport.Metrics.FramesReceived);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003 a record that says it is a client's hello and is not")]
    [InlineData("\0\0\0\u0005hello")]
    public async Task One_that_does_not_speak_TLS_is_hung_up_on(string said)
    {
        // In time, too, for one that waits for us to say more.
        using var a = new LinkNode("a", options => options with { HandshakeLimit = TimeSpan.FromMilliseconds(300) }).Start();
        using var stranger = new TcpClient();
        await stranger.ConnectAsync(a.Transport.Endpoint);
        await stranger.GetStream().WriteAsync(System.Text.Encoding.Latin1.GetBytes(said));
        await HungUpOn(stranger);
        await LinkNode.Until(() => a.Transport.Metrics.Refused == 1);
    }

    [Fact]
    public async Task A_silent_dialler_is_hung_up_on()
    {
        using var a = new LinkNode("a", options => options with { HandshakeLimit = TimeSpan.FromMilliseconds(100) }).Start();
        using var stranger = new TcpClient();
        await stranger.ConnectAsync(a.Transport.Endpoint);
        await HungUpOn(stranger);
        await LinkNode.Until(() => a.Transport.Metrics.Refused == 1);
    }

    [Fact]
    public async Task The_oldest_of_too_many_silent_diallers_gives_way_and_a_peer_comes_through()
    {
        using var a = new LinkNode("a", options => options with { HandshakesAtOnce = 2, HandshakeLimit = TimeSpan.FromMinutes(5) });
        using var b = new LinkNode("b");
        a.Start();
        using var first = new TcpClient();
        await first.ConnectAsync(a.Transport.Endpoint);
        using var second = new TcpClient();
        await second.ConnectAsync(a.Transport.Endpoint);
        using var third = new TcpClient();
        await third.ConnectAsync(a.Transport.Endpoint);
        await HungUpOn(first);
        a.Transport.SetPeers([b.AsPeer with { Address = "127.0.0.1:1" }]); // so that only b dials
        b.Start(a.AsPeer);
        await a.Link("b", up: true);
        await HungUpOn(second);
    }

    [Fact]
    public async Task A_peer_that_breaks_the_protocol_is_hung_up_on()
    {
        using var a = new LinkNode("a").Start();
        using var certificate = NodeCertificate.Create("b", TimeProvider.System);
        a.Transport.SetPeers([new RemotePeer("b", "127.0.0.1:1", certificate.Fingerprint)]);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(a.Transport.Endpoint);
        using var stream = await new LinkTls(certificate.Certificate).Dial(socket, a.Certificate.Fingerprint, CancellationToken.None);
        await stream.WriteAsync(LinkFrame.Control(LinkFrameKind.Hello, 0));
        await a.Link("b", up: true);
        await stream.WriteAsync(new byte[] { 0, 0xFF, 0xFF, 0xFF }); // a frame of 16 MiB
        await a.Link("b", up: false);
        Assert.Equal(0, a.Transport.Metrics.FramesReceived);
    }

    [Fact]
    public void Certificates_differ_and_their_fingerprints_are_upper_case_hexadecimal()
    {
        using var one = NodeCertificate.Create("head-1", TimeProvider.System);
        using var two = NodeCertificate.Create("head-1", TimeProvider.System);
        Assert.Matches("^[0-9A-F]{64}$", one.Fingerprint);
        Assert.NotEqual(one.Fingerprint, two.Fingerprint);
        Assert.True(one.Certificate.HasPrivateKey);
    }

    private static async Task HungUpOn(TcpClient stranger)
    {
        var answer = new byte[1024];
        try
        {
            while (await stranger.GetStream().ReadAsync(answer).AsTask().WaitAsync(LinkNode.Patience) > 0)
            {
            }
        }
        catch (IOException)
        {
            // Hung up on with a reset.
        }
    }
}
