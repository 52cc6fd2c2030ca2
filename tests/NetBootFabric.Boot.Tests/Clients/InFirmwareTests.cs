using NetBootFabric.Boot.Clients;
using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Boot.Events;

namespace NetBootFabric.Boot.Tests.Clients;

public sealed class InFirmwareTests
{
    [Fact]
    public void A_client_is_in_its_firmware_from_the_first_DISCOVER_until_a_script()
    {
        var story = new Story();
        Assert.True(IsInFirmware(story.Discover(1)));
        Assert.True(IsInFirmware(story.Offer(1).Request(1).Ack(1)));
        Assert.True(IsInFirmware(story.Arp()));
        Assert.True(IsInFirmware(story.Load(ContentRole.Loader, "snponly.efi")));
        Assert.True(IsInFirmware(story.Discover(2, ClientStage.Ipxe)));
        Assert.False(IsInFirmware(story.Load(ContentRole.Script, "boot.ipxe", TransferProtocol.Http)));
        Assert.False(IsInFirmware(story.Load(ContentRole.Kernel, "vmlinuz", TransferProtocol.Http)));
        Assert.False(IsInFirmware(story.Report(booted: true, "")));
    }

    [Fact]
    public void A_file_that_was_not_found_does_not_end_it() =>
        Assert.True(IsInFirmware(new Story().Exchange(1).Load(ContentRole.Loader, "snponly.efi").Fail(ContentRole.Script, "autoexec.ipxe", TransferFailure.NotFound)));

    [Fact]
    public void A_running_system_that_asks_for_a_lease_is_not() =>
        Assert.False(IsInFirmware(new Story().Exchange(1, ClientStage.System)));

    [Fact]
    public void A_client_sent_to_its_disk_is_until_its_system_speaks()
    {
        var story = new Story().Exchange(1).Intend(Rooms.BootIntent.Local);
        Assert.True(IsInFirmware(story));
        Assert.False(IsInFirmware(story.Discover(2, ClientStage.System)));
    }

    [Fact]
    public void A_client_that_gets_no_answer_is_not() =>
        Assert.False(IsInFirmware(new Story().Discover(1).Dismiss(DhcpDismissal.UnknownClientIgnored)));

    [Fact]
    public void A_client_that_fell_silent_is_not()
    {
        var story = new Story().Exchange(1).Intend(Rooms.BootIntent.Local);
        Assert.True(story.Boot.IsInFirmware(story.Boot.LastHeard + BootMachine.NetworkPatience));
        Assert.False(story.Boot.IsInFirmware(story.Boot.LastHeard + BootMachine.NetworkPatience + TimeSpan.FromTicks(1)));
    }

    private static bool IsInFirmware(Story story) => story.Boot.IsInFirmware(story.Now);
}
