using NetBootFabric.Boot.Clients;
using NetBootFabric.Boot.Clients.Why;
using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Events;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Boot.Tests.Dhcp;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Boot.Tests.Clients.Field;

/// <summary>What a download's end means depends on whether the boot needs the file.</summary>
public sealed class WeighedVerdictTests
{
    private static readonly Profile Debian = new() { Name = "default", Kernel = "vmlinuz", Initrds = ["initrd.img"] };

    private static Story Loaded() => new Story().Exchange(1).Plan(Debian)
        .Load(ContentRole.Script, "boot.ipxe", TransferProtocol.Http).Load(ContentRole.Kernel, "vmlinuz", TransferProtocol.Http).Load(ContentRole.Initrd, "initrd.img", TransferProtocol.Http);

    private static Diagnosis Explain(Story story, TimeSpan later = default) =>
        Diagnoses.Explain(new ClientFacts { State = story.State, Room = DhcpRoom.Usual, Now = story.Now + later });

    [Theory] // F24
    [InlineData("images/updates.img", "images/product.img", ".treeinfo")]
    [InlineData("vendor-data", "network-config", "network-config")]
    public void Optional_files_that_are_not_there_change_neither_verdict_nor_patience(params string[] files)
    {
        var story = Loaded();
        foreach (var file in files) story.Fail(ContentRole.Other, file, TransferFailure.NotFound);
        Assert.Null(story.Boot.Trouble);
        Assert.Equal(story.Now + BootMachine.SystemPatience, BootMachine.Deadline(story.State));
        Assert.Equal((ClientStanding.GoingOn, null), (Explain(story, TimeSpan.FromSeconds(70)).Standing, Explain(story).Cause));
        Assert.Equal(BootPhase.Initrd, story.Silence(TimeSpan.FromMinutes(3)).Boot.Phase);
        Assert.Equal(BootPhase.Booted, story.Report().Boot.Phase);
    }

    [Fact]
    public void However_many_files_are_missing_the_kernel_stays_loaded()
    {
        var story = Loaded();
        for (var i = 0; i < 3 * BootMachine.DownloadsKept; i++) story.Fail(ContentRole.Other, $"network-config-{i}", TransferFailure.NotFound);
        Assert.Contains(story.Boot.Downloads, each => each.Path == "vmlinuz");
        Assert.Equal(story.Now + BootMachine.SystemPatience, BootMachine.Deadline(story.State));
    }

    [Fact]
    public void What_the_system_loads_after_its_kernel_is_its_sign_of_life()
    {
        var story = Loaded().Load(ContentRole.Other, "images/install.img", TransferProtocol.Http);
        Assert.Equal(story.Now, story.Boot.SystemHeardAt);
    }

    [Fact]
    public void A_file_that_the_profile_names_is_needed_and_its_404_is_the_cause()
    {
        var story = new Story().Exchange(1).Plan(Debian).Load(ContentRole.Kernel, "vmlinuz").Fail(ContentRole.Other, "/initrd.img", TransferFailure.NotFound).Silence(BootMachine.NetworkPatience);
        Assert.Equal((BootPhase.Failed, FailureCause.NotFound), (story.Boot.Phase, story.Boot.Failure!.Cause));
    }

    [Fact] // F20
    public void A_last_block_that_was_never_acknowledged_is_no_failure()
    {
        var story = new Story().Exchange(1).Plan(Debian).Ask(ContentRole.Other, "pxelinux.cfg/extra").Load(ContentRole.Kernel, "vmlinuz").Load(ContentRole.Initrd, "initrd.img")
            .GiveUp(ContentRole.Other, "pxelinux.cfg/extra", 512, isAllSent: true, back: 2).Silence(TimeSpan.FromSeconds(90));
        Assert.Equal((BootPhase.Initrd, null), (story.Boot.Phase, story.Boot.Trouble));
    }

    [Fact]
    public void An_initrd_whose_last_window_was_never_acknowledged_is_loaded()
    {
        var story = new Story().Exchange(1).Plan(Debian).Load(ContentRole.Kernel, "vmlinuz").Ask(ContentRole.Initrd, "initrd.img").GiveUp(ContentRole.Initrd, "initrd.img", 900, isAllSent: true);
        Assert.Equal((TransferStage.Done, null), (story.Boot.Downloads[^1].Stage, story.Boot.Trouble));
        Assert.StartsWith("all was loaded", Explain(story).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void An_initrd_that_stops_half_way_is_a_failure_as_ever()
    {
        var story = new Story().Exchange(1).Plan(Debian).Load(ContentRole.Kernel, "vmlinuz").Ask(ContentRole.Initrd, "initrd.img").GiveUp(ContentRole.Initrd, "initrd.img", 500);
        Assert.Equal(FailureCause.TransferTimedOut, story.Boot.Trouble!.Cause);
    }

    [Fact] // F11
    public void A_size_probe_that_just_ends_is_no_failure()
    {
        var story = new Story().Exchange(1).Plan(Debian).Ask(ContentRole.Other, "start4.elf").Load(ContentRole.Kernel, "vmlinuz").Load(ContentRole.Initrd, "initrd.img")
            .GiveUp(ContentRole.Other, "start4.elf", 0, back: 2).Silence(TimeSpan.FromSeconds(90));
        Assert.Equal((BootPhase.Initrd, null), (story.Boot.Phase, story.Boot.Trouble));
    }

    [Fact]
    public void A_probe_of_a_file_that_came_whole_before_is_no_failure()
    {
        var story = new Story().Exchange(1).Plan(Debian).Load(ContentRole.Other, "start4.elf").Ask(ContentRole.Other, "start4.elf").GiveUp(ContentRole.Other, "start4.elf", 0);
        Assert.Null(story.Boot.Trouble);
    }

    [Fact]
    public void Where_no_block_of_any_file_ever_arrived_the_time_out_is_the_cause()
    {
        var story = new Story().Exchange(1).Plan(Debian).Ask(ContentRole.Loader, "shimx64.efi.signed").GiveUp(ContentRole.Loader, "shimx64.efi.signed", 0).Silence(BootMachine.NetworkPatience);
        Assert.Equal(FailureCause.TransferTimedOut, story.Boot.Failure!.Cause);
    }

    [Fact]
    public void A_loader_that_fetches_the_kernel_again_and_again_refuses_it_and_why_says_so()
    {
        var story = new Story().Exchange(1).Plan(Debian).Load(ContentRole.Loader, "shimx64.efi.signed").Load(ContentRole.Loader, "grubx64.efi").Load(ContentRole.Script, "grub/grub.cfg");
        for (var i = 0; i < 5; i++) story.Load(ContentRole.Kernel, "vmlinuz");

        var found = Explain(story);
        Assert.Equal((ClientStanding.Stuck, FailureCause.LoaderRefuses, BootStep.Tftp), (found.Standing, found.Cause, found.Step));
        Assert.Equal("shimx64.efi.signed fetched vmlinuz whole 5 times and never got to initrd.img: it refuses what it gets", found.Sentence);
        Assert.Contains("out of memory", found.Remedy, StringComparison.Ordinal);

        Assert.Equal(story.Now + BootMachine.NetworkPatience, BootMachine.Deadline(story.State));
        Assert.Equal(FailureCause.LoaderRefuses, story.Silence(BootMachine.NetworkPatience).Boot.Failure!.Cause);
        Assert.Equal(ClientStanding.Failed, Explain(story).Standing);
    }

    [Fact]
    public void A_loader_that_falls_back_to_the_firmware_has_refused_its_kernel_all_the_same()
    {
        var story = new Story().Exchange(1).Plan(Debian);
        for (var i = 0; i < 5; i++) story.Load(ContentRole.Kernel, "vmlinuz");
        story.Wait(TimeSpan.FromSeconds(20)).Discover(2);
        Assert.Equal(FailureCause.LoaderRefuses, story.State.History[0].Failure!.Cause);
        Assert.Contains("fetched vmlinuz whole 5 times", Explain(story).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_profile_names_and_nobody_asked_for_is_not_loaded()
    {
        var story = new Story().Exchange(1).Plan(Debian).Load(ContentRole.Kernel, "vmlinuz");
        Assert.Equal("it loaded vmlinuz 0 s ago, and initrd.img is next", Explain(story).Sentence);
        story.Silence(BootMachine.NetworkPatience);
        Assert.Equal((BootStep.Tftp, FailureCause.NotAskedFor, "initrd.img"), (story.Boot.Failure!.Step, story.Boot.Failure.Cause, story.Boot.Failure.Detail));
        Assert.StartsWith("it loaded vmlinuz and never asked for initrd.img", Explain(story).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Under_UEFI_a_signature_may_be_the_reason()
    {
        var inquiry = Story.Inquiry(DhcpMessageType.Discover, 9, ClientStage.Firmware) with { VendorClass = "PXEClient:Arch:00007:UNDI:003000", Architecture = ClientArchitecture.EfiX64 };
        var state = BootMachine.OnInquiry(new ClientState { Mac = Story.Mac }, inquiry, DateTimeOffset.UnixEpoch);
        var boot = state.Current! with { Profile = Debian, Phase = BootPhase.Kernel, Downloads = [Whole(1), Whole(2), Whole(3)] };
        var found = Diagnoses.Explain(new ClientFacts { State = state with { Current = boot }, Room = DhcpRoom.Usual, Now = DateTimeOffset.UnixEpoch });
        Assert.Contains("Secure Boot", found.Remedy, StringComparison.Ordinal);

        static Download Whole(long transfer) => new(transfer, "vmlinuz", TransferProtocol.Tftp, ContentRole.Kernel, 1000, 1000, TransferStage.Done, DateTimeOffset.UnixEpoch);
    }

    [Fact]
    public void A_script_of_the_operators_own_decides_itself_what_is_needed()
    {
        var own = Debian with { Templates = System.Collections.Frozen.FrozenDictionary.ToFrozenDictionary([KeyValuePair.Create("boot.ipxe", "#!ipxe")]) };
        Assert.StartsWith("all was loaded", Explain(new Story().Exchange(1).Plan(own).Load(ContentRole.Kernel, "vmlinuz")).Sentence, StringComparison.Ordinal);
    }
}
