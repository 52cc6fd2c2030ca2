using System.Net;
using NetBootFabric.Boot.Events;

namespace NetBootFabric.Tftp.Tests.Serving;

public sealed class RequestTests : IDisposable
{
    private readonly ServerUnderTest _server = new();

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData("boot/kernel")]
    [InlineData("/boot/kernel")]
    [InlineData("\\boot\\kernel")]
    public void Names_are_found_as_firmware_writes_them(string name)
    {
        _server.Content.Add("boot/kernel", 100);
        using var client = _server.Client();
        client.Ask(name);
        Assert.Equal("DATA 1 100", client.Next());
    }

    [Theory]
    [InlineData("nothing", "ERROR 1 file not found", TransferFailure.NotFound)]
    [InlineData("../../etc/passwd", "ERROR 2 bad path", TransferFailure.BadPath)]
    public void A_name_that_is_not_served_is_answered_and_reported(string name, string answer, TransferFailure failure)
    {
        using var client = _server.Client();
        client.Ask(name, "blksize=1468");
        Assert.Equal(answer, client.Next());
        var reported = _server.Events.Await(e => e.Stage == TransferStage.Failed);
        Assert.Equal((failure, name), (reported.Failure, reported.Path));
    }

    [Fact]
    public void A_write_request_is_refused()
    {
        using var client = _server.Client();
        client.Ask("kernel", opcode: 2);
        Assert.Equal("ERROR 2 read only", client.Next());
    }

    [Theory]
    [InlineData(new byte[] { 0, 4, 0, 0 })]
    [InlineData(new byte[] { 0, 3, 0, 1, 9 })]
    public void What_is_no_request_is_refused(byte[] packet)
    {
        using var client = _server.Client();
        client.SendToListener(packet);
        Assert.Equal("ERROR 4 not a read request", client.Next());
    }

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 0 })]
    [InlineData(new byte[] { 0, 9, 1, 2 })]
    [InlineData(new byte[] { 0, 5, 0, 1, 0 })]
    public void Noise_is_counted_and_not_answered(byte[] packet)
    {
        using var client = _server.Client();
        client.SendToListener(packet);
        client.AssertSilent();
        Assert.Equal(2, _server.Metrics.Rejected + _server.Metrics.Ignored);
    }

    [Fact]
    public void Netascii_is_served_as_octet()
    {
        _server.Content.Add("text", 100);
        using var client = _server.Client();
        client.Ask("text", mode: "NetASCII");
        Assert.Equal("DATA 1 100", client.Next());
    }

    [Fact]
    public void The_answer_leaves_from_the_address_that_was_asked()
    {
        _server.Content.Add("kernel", 100);
        using var client = _server.Client("127.0.0.2");
        client.Ask("kernel");
        Assert.Equal("DATA 1 100", client.Next());
        Assert.Equal(IPAddress.Parse("127.0.0.2"), client.Peer.Address);
        Assert.NotEqual(_server.Port, client.Peer.Port); // a TID of its own, RFC 1350 §4
    }

    [Fact]
    public void An_ACK_of_no_transfer_is_told_so_and_an_ERROR_of_none_is_not()
    {
        _server.Content.Add("kernel", 100);
        using var client = _server.Client();
        client.Ask("kernel");
        client.Next();
        using var stranger = _server.Client();
        stranger.Ask("nothing");
        stranger.Next(); // knows a worker's port now
        stranger.Error(0);
        stranger.Ack(7);
        Assert.Equal("ERROR 5 unknown transfer", stranger.Next());
        client.Ack(1);
        Assert.Equal(100, _server.Events.Await(e => e.Stage == TransferStage.Done).Bytes);
    }
}
