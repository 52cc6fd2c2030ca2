using NetBootFabric.Boot.Clients;
using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Boot.Events;

namespace NetBootFabric.Boot.Tests.Clients;

/// <summary>Where a client falls silent tells the step, and what was seen before the cause.</summary>
public sealed class SilenceTests
{
    [Theory]
    [MemberData(nameof(Ends))]
    public void Silence_is_named_by_step_and_cause(string how, BootStep step, FailureCause cause)
    {
        var story = Told[how](new Story()).Silence(TimeSpan.FromMinutes(11));

        Assert.Equal(BootPhase.Failed, story.Boot.Phase);
        Assert.Equal((step, cause), (story.Boot.Failure!.Step, story.Boot.Failure.Cause));
    }

    [Fact]
    public void What_a_client_says_is_shown_without_control_characters_and_cut()
    {
        var story = new Story().Exchange(1).Fail(ContentRole.Loader, "\u001b[2J\nroot" + new string('x', 600), TransferFailure.BadPath).Silence(TimeSpan.FromMinutes(11));

        Assert.StartsWith("?[2J?root", story.Boot.Failure!.Detail);
        Assert.Equal(512, story.Boot.Downloads[^1].Path.Length);
        Assert.DoesNotContain(story.Boot.Failure.Detail, char.IsControl);
    }

    private static readonly Dictionary<string, Func<Story, Story>> Told = new()
    {
        ["offers, no request"] = story => story.Discover(1).Offer(1).Discover(1).Offer(1),
        ["pool exhausted"] = story => story.Discover(1).Dismiss(DhcpDismissal.PoolExhausted),
        ["unknown and ignored"] = story => story.Discover(1).Dismiss(DhcpDismissal.UnknownClientIgnored),
        ["no boot file"] = story => story.Discover(1).Dismiss(DhcpDismissal.NoBootFile),
        ["chose another server"] = story => story.Discover(1).Offer(1).Request(1).Dismiss(DhcpDismissal.OtherServerSelected),
        ["store down"] = story => story.Discover(1).Offer(1).Request(1).Dismiss(DhcpDismissal.StoreUnavailable),
        ["bound, then nothing"] = story => story.Exchange(1),
        ["asks by ARP only"] = story => story.Exchange(1).Arp().Arp().Arp(),
        ["loader missing"] = story => story.Exchange(1).Fail(ContentRole.Loader, "pxelinux.0", TransferFailure.NotFound),
        ["loader times out"] = story => story.Exchange(1).Begin(ContentRole.Loader, "x").Fail(ContentRole.Loader, "x", TransferFailure.TimedOut),
        ["loader loaded, then nothing"] = story => story.Exchange(1).Load(ContentRole.Loader, "pxelinux.0"),
        ["script loaded, then nothing"] = story => story.Exchange(1).Load(ContentRole.Script, "boot.ipxe", TransferProtocol.Http),
        ["kernel stops half way"] = story => story.Exchange(1).Begin(ContentRole.Kernel, "vmlinuz"),
        ["no report"] = story => story.Exchange(1).Load(ContentRole.Kernel, "vmlinuz", TransferProtocol.Http).Load(ContentRole.Initrd, "initrd.img", TransferProtocol.Http),
        ["system says it failed"] = story => story.Exchange(1).Load(ContentRole.Kernel, "vmlinuz", TransferProtocol.Http).Report(booted: false, "no root"),
    };

    public static TheoryData<string, BootStep, FailureCause> Ends => new()
    {
        { "offers, no request", BootStep.Dhcp, FailureCause.NoRequest },
        { "pool exhausted", BootStep.Dhcp, FailureCause.PoolExhausted },
        { "unknown and ignored", BootStep.Dhcp, FailureCause.UnknownClient },
        { "no boot file", BootStep.Dhcp, FailureCause.NoProfile },
        { "chose another server", BootStep.Dhcp, FailureCause.OtherServerSelected },
        { "store down", BootStep.Dhcp, FailureCause.StoreUnavailable },
        { "bound, then nothing", BootStep.Arp, FailureCause.NeverAsked },
        { "asks by ARP only", BootStep.Arp, FailureCause.ArpUnanswered },
        { "loader missing", BootStep.Tftp, FailureCause.NotFound },
        { "loader times out", BootStep.Tftp, FailureCause.TransferTimedOut },
        { "loader loaded, then nothing", BootStep.Tftp, FailureCause.Stalled },
        { "script loaded, then nothing", BootStep.Http, FailureCause.Stalled },
        { "kernel stops half way", BootStep.Http, FailureCause.Stalled },
        { "no report", BootStep.Kernel, FailureCause.NoReport },
        { "system says it failed", BootStep.Kernel, FailureCause.SystemFailed },
    };

    [Fact]
    public void A_kernel_s_start_gets_more_patience_than_the_network()
    {
        var loading = new Story().Exchange(1).Begin(ContentRole.Kernel, "vmlinuz");
        var loaded = new Story().Exchange(1).Load(ContentRole.Kernel, "vmlinuz");

        Assert.Equal(loading.Now + BootMachine.NetworkPatience, BootMachine.Deadline(loading.State));
        Assert.Equal(loaded.Now + BootMachine.SystemPatience, BootMachine.Deadline(loaded.State));
    }

    [Fact]
    public void Before_the_deadline_silence_changes_nothing()
    {
        var story = new Story().Exchange(1);
        var before = story.State;

        story.Silence(BootMachine.NetworkPatience - TimeSpan.FromSeconds(1));
        Assert.Same(before, story.State);
    }
}
