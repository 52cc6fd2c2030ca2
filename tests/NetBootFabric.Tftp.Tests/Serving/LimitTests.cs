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
        var limits = new SlotLimits(total: 3, perClient: 2, windowLimit: 8);
        Assert.Equal(new TransferAdmission(AdmissionVerdict.Admitted, 8), limits.Admit(one, "f"));
        Assert.Equal(AdmissionVerdict.Admitted, limits.Admit(one, "f").Verdict);
        Assert.Equal(AdmissionVerdict.Later, limits.Admit(one, "f").Verdict);
        Assert.Equal(AdmissionVerdict.Admitted, limits.Admit(two, "f").Verdict);
        Assert.Equal(AdmissionVerdict.Later, limits.Admit(two, "f").Verdict);
        limits.Release(one);
        Assert.Equal(AdmissionVerdict.Admitted, limits.Admit(two, "f").Verdict);
        Assert.Equal(3, limits.Taken);
    }

    [Fact]
    public void A_window_waits_as_long_as_the_governor_says()
    {
        using var server = new ServerUnderTest(governor: new Delaying());
        var kernel = server.Content.Add("kernel", 20_000);
        using var client = server.Client();
        Assert.Equal(kernel, client.Get("kernel", "windowsize=8", 512, 3)); // the governor allows 3
        Assert.Equal(0, server.Metrics.Retransmissions);
    }

    private sealed class Delaying : ITransferGovernor
    {
        public TransferAdmission Admit(Ipv4Address peer, string path) => new(AdmissionVerdict.Admitted, WindowLimit: 3);

        public TimeSpan Pace(Ipv4Address peer, int octets) => TimeSpan.FromMilliseconds(2);

        public void Release(Ipv4Address peer) { }
    }
}
