using NetBootFabric.Boot.Events;

namespace NetBootFabric.Tftp.Tests.Serving;

/// <summary>One client endpoint is one transfer, however often the client asks.</summary>
public sealed class DuplicateRequestTests : IDisposable
{
    private readonly ServerUnderTest _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public void Requests_repeated_while_the_file_is_being_opened_are_one_transfer()
    {
        _server.Content.Add("kernel", 100);
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _server.Content.Gate = gate.Task;
        using var client = _server.Client();
        for (var i = 0; i < 6; i++) client.Ask("kernel", "tsize=0"); // iPXE asks six times
        Assert.True(SpinWait.SpinUntil(() => _server.Metrics.Ignored == 5, TimeSpan.FromSeconds(30)));
        gate.SetResult();
        Assert.Equal("OACK tsize=100", client.Next());
        client.Ack(0);
        Assert.Equal("DATA 1 100", client.Next());
        client.Ack(1);
        _server.Events.Await(e => e.Stage == TransferStage.Done);
        Assert.Equal(1, _server.Content.Opened);
    }

    [Fact]
    public void A_request_repeated_after_the_OACK_gets_the_OACK_again()
    {
        _server.Content.Add("kernel", 100);
        using var client = _server.Client();
        client.Ask("kernel", "tsize=0");
        Assert.Equal("OACK tsize=100", client.Next());
        client.Ask("kernel", "tsize=0");
        Assert.Equal("OACK tsize=100", client.Next());
        Assert.Equal(1, _server.Content.Opened);
    }

    [Fact]
    public void Another_file_from_the_same_port_ends_the_old_transfer()
    {
        _server.Content.Add("one", 5000);
        _server.Content.Add("two", 100);
        using var client = _server.Client();
        client.Ask("one");
        client.Next();
        client.Ask("two");
        Assert.Equal("DATA 1 100", client.Next());
        var failed = _server.Events.Await(e => e.Stage == TransferStage.Failed);
        Assert.Equal((TransferFailure.ClientError, "one"), (failed.Failure, failed.Path));
        Assert.Equal(1, _server.Content.Closed);
    }
}
