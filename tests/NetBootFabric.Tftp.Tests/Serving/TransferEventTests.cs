using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Events;
using NetBootFabric.Wire;

namespace NetBootFabric.Tftp.Tests.Serving;

public sealed class TransferEventTests : IDisposable
{
    private readonly ServerUnderTest _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public void A_download_is_reported_from_start_to_end()
    {
        var kernel = _server.Content.Add("kernel", 5000);
        using var client = _server.Client();
        Assert.Equal(kernel, client.Get("kernel", "blksize=1000,tsize=0", 1000, 1));
        var done = _server.Events.Await(e => e.Stage == TransferStage.Done);
        var started = _server.Events.Await(e => e.Stage == TransferStage.Started);
        Assert.Equal(started.Transfer, done.Transfer);
        Assert.Equal((5000, 5000L, "kernel"), (done.Bytes, done.Length, done.Path));
        Assert.Equal((ContentRole.Kernel, new MacAddress(1), Ipv4Address.Parse("127.0.0.1")), (done.Role, done.Client, done.Peer));
        Assert.Equal((1, 1), (_server.Content.Opened, _server.Content.Closed));
        Assert.Equal(0, _server.Metrics.Active);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(0)]
    public void A_probe_for_the_size_is_aborted_and_the_request_after_it_served(byte code)
    {
        _server.Content.Add("kernel", 5000);
        using var probe = _server.Client();
        probe.Ask("kernel", "tsize=0,blksize=1468,windowsize=4");
        Assert.Equal("OACK blksize=1468,tsize=5000,windowsize=4", probe.Next());
        probe.Error(code);
        Assert.Equal(TransferFailure.None, _server.Events.Await(e => e.Stage == TransferStage.Aborted).Failure);

        using var client = _server.Client();
        Assert.Equal(5000, client.Get("kernel", "blksize=1468,windowsize=4", 1468, 4).Length);
        Assert.DoesNotContain(_server.Events.All, e => e.Stage == TransferStage.Failed);
    }

    [Fact]
    public void What_the_client_says_in_an_ERROR_is_passed_on()
    {
        _server.Content.Add("kernel", 5000);
        using var client = _server.Client();
        client.Ask("kernel");
        client.Next();
        client.Ack(1);
        client.Next();
        client.Error(3);
        var failed = _server.Events.Await(e => e.Stage == TransferStage.Failed);
        Assert.Equal((TransferFailure.ClientError, "ERROR 3: no", 512L), (failed.Failure, failed.Detail, failed.Bytes));
    }

    [Fact]
    public async Task Stopping_lets_running_transfers_end()
    {
        _server.Content.Add("kernel", 700);
        using var client = _server.Client();
        client.Ask("kernel");
        Assert.Equal("DATA 1 512", client.Next());
        var stop = _server.StopAsync(TimeSpan.FromSeconds(30));
        client.Ack(1);
        Assert.Equal("DATA 2 188", client.Next());
        Assert.False(stop.IsCompleted);
        client.Ack(2);
        await stop;
        Assert.Equal(TransferStage.Done, _server.Events.All[^1].Stage);
    }
}
