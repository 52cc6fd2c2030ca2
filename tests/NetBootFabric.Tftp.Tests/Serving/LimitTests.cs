using NetBootFabric.Boot.Events;
using NetBootFabric.Tftp.Admission;
using NetBootFabric.Wire;

namespace NetBootFabric.Tftp.Tests.Serving;

public sealed class LimitTests
{
    [Fact]
    public void A_client_beyond_the_limit_hears_nothing_and_its_repetition_is_served_once_a_slot_is_free()
    {
        using var server = new ServerUnderTest(new TftpServerOptions { Workers = 1, MaxTransfers = 1 });
        server.Content.Add("kernel", 100);
        using var first = server.Client();
        first.Ask("kernel");
        Assert.Equal("DATA 1 100", first.Next());
        using var second = server.Client();
        second.Ask("kernel");
        Assert.True(SpinWait.SpinUntil(() => server.Metrics.Ignored == 1, TimeSpan.FromSeconds(30)));
        first.Ack(1);
        server.Events.Await(e => e.Stage == TransferStage.Done);
        second.Ask("kernel");
        Assert.Equal("DATA 1 100", second.Next());
    }

    [Fact]
    public void Slots_are_counted_in_total_and_by_client()
    {
        var (one, two) = (new Ipv4Address(1), new Ipv4Address(2));
        var limits = new SlotLimits(total: 3, perClient: 2);
        Assert.True(limits.TryTake(one));
        Assert.True(limits.TryTake(one));
        Assert.False(limits.TryTake(one));
        Assert.True(limits.TryTake(two));
        Assert.False(limits.TryTake(two));
        limits.Release(one);
        Assert.True(limits.TryTake(two));
        Assert.Equal(3, limits.Taken);
    }

    [Fact]
    public void A_window_is_no_larger_than_the_options_say()
    {
        using var server = new ServerUnderTest(new TftpServerOptions { Workers = 1, MaxWindowSize = 3 });
        var kernel = server.Content.Add("kernel", 20_000);
        using var client = server.Client();
        Assert.Equal(kernel, client.Get("kernel", "windowsize=8", 512, 3));
        Assert.Equal(0, server.Metrics.Retransmissions);
    }
}
