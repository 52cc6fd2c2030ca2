using NetBootFabric.Boot.Clients;
using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Events;
using static NetBootFabric.Boot.Clients.BootPhase;

namespace NetBootFabric.Boot.Tests.Clients;

public sealed class BootMachineTests
{
    [Fact]
    public void A_boot_goes_through_its_phases_in_order()
    {
        var story = new Story().Exchange(1).Arp()
            .Load(ContentRole.Loader, "undionly.kpxe").Load(ContentRole.Script, "boot.ipxe", TransferProtocol.Http)
            .Load(ContentRole.Kernel, "vmlinuz", TransferProtocol.Http).Load(ContentRole.Initrd, "initrd.img", TransferProtocol.Http).Report();

        Assert.Equal([Discovering, Offered, Bound, Resolved, Loader, Script, Kernel, Initrd, Booted], story.Phases);
        Assert.Equal(1, story.Boot.Exchanges);
        Assert.Equal("undionly.kpxe", story.Boot.Loader);
        Assert.Equal(TransferProtocol.Http, story.Boot.Transport);
        Assert.Equal(4000, story.Boot.Bytes);
        Assert.Null(story.Boot.Failure);
    }

    [Fact]
    public void A_second_stage_s_exchange_is_counted_in_the_same_boot()
    {
        var story = new Story().Exchange(1).Load(ContentRole.Loader, "snponly.efi").Exchange(2, ClientStage.Ipxe).Load(ContentRole.Script, "boot.ipxe");

        Assert.Equal(1, story.Boot.Number);
        Assert.Equal(2, story.Boot.Exchanges);
        Assert.Equal([Discovering, Offered, Bound, Resolved, Loader, Script], story.Phases);
    }

    [Fact]
    public void An_iPXE_ROM_that_chains_another_iPXE_goes_on_with_its_boot()
    {
        var story = new Story().Exchange(1, ClientStage.Ipxe).Load(ContentRole.Loader, "undionly.kpxe").Exchange(2, ClientStage.Ipxe);

        Assert.Equal(1, story.Boot.Number);
        Assert.Equal(2, story.Boot.Exchanges);
    }

    [Fact]
    public void The_system_s_own_exchange_belongs_to_the_boot()
    {
        var story = new Story().Exchange(1).Load(ContentRole.Kernel, "vmlinuz").Exchange(2, ClientStage.System);

        Assert.Equal(1, story.Boot.Number);
        Assert.Equal(2, story.Boot.Exchanges);
        Assert.Equal(Kernel, story.Boot.Phase);
    }

    [Fact]
    public void Retransmissions_are_counted_and_change_no_phase()
    {
        var story = new Story().Discover(1).Discover(1).Offer(1).Discover(1).Offer(1).Request(1).Ack(1).Request(1).Ack(1);

        Assert.Equal([Discovering, Offered, Bound], story.Phases);
        Assert.Equal(3, story.Boot.Discovers);
        Assert.Equal(1, story.Boot.Exchanges);
        Assert.Equal(3, story.Boot.Retries);
    }

    [Fact]
    public void A_power_cycle_in_the_middle_ends_the_boot_as_restarted()
    {
        var story = new Story().Exchange(1).Begin(ContentRole.Kernel, "vmlinuz").Discover(9);

        Assert.Equal(2, story.Boot.Number);
        Assert.Equal(new BootFailure(BootStep.Http, FailureCause.Restarted, "in phase Kernel, 3 s after its first packet"), Assert.Single(story.State.History).Failure);
    }

    [Fact]
    public void A_machine_that_begins_anew_once_its_kernel_was_loaded_died_before_its_report()
    {
        var story = new Story().Exchange(1).Load(ContentRole.Kernel, "vmlinuz").Wait(TimeSpan.FromSeconds(3)).Discover(9);

        Assert.Equal(new BootFailure(BootStep.Kernel, FailureCause.DiedBeforeReport, "4 s after vmlinuz was loaded"), Assert.Single(story.State.History).Failure);
    }

    [Fact]
    public void What_a_machine_asks_by_ARP_once_its_kernel_was_loaded_is_its_system_s_sign_of_life()
    {
        var story = new Story().Exchange(1).Arp().Load(ContentRole.Kernel, "vmlinuz");
        Assert.Null(story.Boot.SystemHeardAt);
        Assert.Equal(story.Arp().Now, story.Boot.SystemHeardAt);
        Assert.Null(story.Begin(ContentRole.Initrd, "initrd.img").Boot.SystemHeardAt);
    }

    [Fact]
    public void Who_else_uses_its_address_is_noted_and_moves_no_phase()
    {
        var story = new Story().Exchange(1);
        var other = Wire.MacAddress.Parse("52:54:00:99:00:09");
        var next = BootMachine.OnArp(story.State, new ArpObservation(ArpSighting.Conflict, other, Story.Address, 1, "eth1", story.Now));

        Assert.Equal($"{other} uses {Story.Address} too", next.Current!.Conflict);
        Assert.Equal(Bound, next.Current.Phase);
    }

    [Fact]
    public void A_machine_that_booted_and_is_switched_on_again_begins_a_new_boot()
    {
        var story = new Story().Exchange(1).Load(ContentRole.Kernel, "vmlinuz").Report().Discover(2);

        Assert.Equal(2, story.Boot.Number);
        Assert.Equal(Booted, Assert.Single(story.State.History).Phase);
    }

    [Fact]
    public void The_system_s_DHCP_after_its_report_begins_no_boot()
    {
        var story = new Story().Exchange(1).Load(ContentRole.Kernel, "vmlinuz").Report().Exchange(2, ClientStage.System);

        Assert.Equal(1, story.Boot.Number);
        Assert.Equal(Booted, story.Boot.Phase);
        Assert.Equal(1, story.Boot.Exchanges);
    }

    [Fact]
    public void A_lease_only_client_never_fails()
    {
        var story = new Story().Exchange(1, ClientStage.System).Silence(TimeSpan.FromDays(1));

        Assert.Equal([Discovering, Offered, Bound], story.Phases);
        Assert.Null(BootMachine.Deadline(story.State));
    }

    [Fact]
    public void A_client_that_goes_on_after_we_gave_up_has_not_failed()
    {
        var story = new Story().Exchange(1).Begin(ContentRole.Kernel, "vmlinuz").Silence(TimeSpan.FromMinutes(5));
        Assert.Equal(Failed, story.Boot.Phase);

        story.Load(ContentRole.Kernel, "vmlinuz").Report();
        Assert.Equal([Discovering, Offered, Bound, Resolved, Kernel, Booted], story.Phases);
        Assert.Null(story.Boot.Failure);
    }

    [Fact]
    public void A_probe_that_the_client_aborts_is_no_trouble()
    {
        var story = new Story().Exchange(1).Begin(ContentRole.Loader, "shimx64.efi.signed");
        var aborted = new TransferEvent { Stage = TransferStage.Aborted, Protocol = TransferProtocol.Tftp, Peer = Story.Address, Path = "shimx64.efi.signed", At = story.Now };

        Assert.Null(BootMachine.OnTransfer(story.State, aborted).Current!.Trouble);
    }

    [Fact]
    public void A_client_without_DHCP_of_ours_boots_from_its_first_request()
    {
        var story = new Story().Load(ContentRole.Loader, "pxelinux.0").Load(ContentRole.Kernel, "vmlinuz").Report();

        Assert.Equal([Resolved, Loader, Kernel, Booted], story.Phases);
    }

    [Fact]
    public void An_iPXE_ROM_that_is_known_by_its_script_alone_begins_a_new_boot_at_its_next_DISCOVER()
    {
        var story = new Story().Load(ContentRole.Script, "boot.ipxe").Load(ContentRole.Kernel, "vmlinuz").Exchange(1, ClientStage.Ipxe);

        Assert.Equal(2, story.Boot.Number);
        Assert.Equal([Discovering, Offered, Bound], story.Phases);
    }

    [Fact]
    public void Only_the_last_boots_are_kept()
    {
        var story = new Story();
        for (uint xid = 1; xid <= 20; xid++) story.Exchange(xid).Report();

        Assert.Equal(20, story.Boot.Number);
        Assert.Equal(ClientState.HistoryKept, story.State.History.Length);
        Assert.Equal(19, story.State.History[0].Number);
    }

    [Fact]
    public void A_machine_sent_to_its_disk_never_fails_by_silence()
    {
        var story = new Story().Discover(1).Intend(Rooms.BootIntent.Local).Offer(1).Request(1).Ack(1).Silence(TimeSpan.FromHours(1));

        Assert.Equal(Bound, story.Boot.Phase);
        Assert.Null(story.Boot.Failure);
    }

    [Fact]
    public void The_questions_that_ARP_saw_are_counted_as_it_counted_them()
    {
        var story = new Story().Exchange(1);
        var seen = new ArpObservation(ArpSighting.ServerAsked, Story.Mac, Story.Server, 7, "eth1", story.Now);

        Assert.Equal(7, BootMachine.OnArp(story.State, seen).Current!.ArpQuestions);
    }

    [Fact]
    public void A_script_that_gives_up_leaves_the_download_as_the_cause()
    {
        var story = new Story().Exchange(1).Load(ContentRole.Script, "boot.ipxe", TransferProtocol.Http)
            .Fail(ContentRole.Kernel, "vmlinuz", TransferFailure.NotFound).Report(booted: false, "ipxe-kernel");

        Assert.Equal(new BootFailure(BootStep.Tftp, FailureCause.NotFound, "vmlinuz"), story.Boot.Failure);
    }
}
