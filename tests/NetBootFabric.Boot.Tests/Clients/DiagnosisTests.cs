using NetBootFabric.Boot.Clients;
using NetBootFabric.Boot.Clients.Why;
using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Boot.Events;
using NetBootFabric.Boot.Leases;
using NetBootFabric.Boot.Tests.Dhcp;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Boot.Tests.Clients;

public sealed class DiagnosisTests
{
    private static readonly Ipv4Address Other = Ipv4Address.Parse("10.0.0.3");
    private ClientFacts _facts = new() { State = new ClientState { Mac = Story.Mac }, Room = DhcpRoom.Usual, Now = default };

    private Diagnosis Explain(Story story, TimeSpan later = default) =>
        Diagnoses.Explain(_facts with { State = story.State, Now = story.Now + later });

    [Fact]
    public void A_machine_never_heard_of_is_told_so_with_where_to_look()
    {
        var found = Diagnoses.Explain(_facts);
        Assert.Equal((ClientStanding.Unheard, FailureCause.NeverHeard), (found.Standing, found.Cause));
        Assert.Contains("VLAN", found.Remedy, StringComparison.Ordinal);
        Assert.Contains("mistyped", Diagnoses.Explain(_facts with { Lookalike = DhcpRoom.Stranger }).Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_machine_of_which_only_a_lease_is_known_is_not_said_to_be_silent()
    {
        var found = Diagnoses.Explain(_facts with { Lease = new Lease { Client = Story.Mac, Address = Other, ExpiresAt = default } });
        Assert.Equal("it was given 10.0.0.3, and nothing else is known of it", found.Sentence);
        Assert.Null(found.Cause);
    }

    [Fact]
    public void A_boot_that_went_well_is_told_with_its_time_and_its_exchanges()
    {
        var found = Explain(new Story().Exchange(1).Load(ContentRole.Kernel, "vmlinuz").Report());
        Assert.Equal((ClientStanding.Fine, "it booted at 1970-01-01 00:00:05 UTC, 1 exchange, 4 s"), (found.Standing, found.Sentence));
        Assert.Null(found.Cause);
    }

    [Fact]
    public void A_machine_that_waits_for_its_turn_goes_on()
    {
        var found = Explain(new Story().Exchange(1, ClientStage.Ipxe).Load(ContentRole.Turn, "boot.ipxe"), TimeSpan.FromSeconds(4));
        Assert.Equal((ClientStanding.GoingOn, "it waits for its turn to load, since the uplink of its head node is full; it asked 4 s ago"), (found.Standing, found.Sentence));
    }

    [Fact]
    public void OFFERs_without_a_REQUEST_name_the_other_server_that_answered()
    {
        var story = new Story().Discover(1).Offer(1).Discover(1).Offer(1).Discover(1).Offer(1).Discover(1).Offer(1);
        Assert.Equal("OFFER sent 4 times, no REQUEST", Explain(story).Sentence);

        _facts = _facts with { OtherAnswer = new OtherDhcpAnswer(Other, DhcpMessageType.Offer, default, "eth1", story.Now) };
        var found = Explain(story);
        Assert.Equal((ClientStanding.Stuck, BootStep.Dhcp, FailureCause.OtherServerSelected), (found.Standing, found.Step, found.Cause));
        Assert.Equal("OFFER sent 4 times, no REQUEST: another DHCP server answered (10.0.0.3)", found.Sentence);
        Assert.Equal(ClientStanding.Failed, Explain(story.Silence(BootMachine.NetworkPatience)).Standing);
    }

    [Fact]
    public void What_another_server_did_before_this_boot_is_no_evidence()
    {
        _facts = _facts with { OtherAnswer = new OtherDhcpAnswer(Other, DhcpMessageType.Offer, default, "eth1", DateTimeOffset.UnixEpoch) };
        Assert.Equal(FailureCause.NoRequest, Explain(new Story().Wait(TimeSpan.FromHours(1)).Discover(1).Offer(1), TimeSpan.FromSeconds(20)).Cause);
    }

    [Fact]
    public void A_boot_that_gets_on_is_told_as_such()
    {
        var found = Explain(new Story().Exchange(1).Begin(ContentRole.Kernel, "vmlinuz"));
        Assert.Equal((ClientStanding.GoingOn, "it loads vmlinuz: 0 octets of 1000 octets"), (found.Standing, found.Sentence));
    }

    [Fact]
    public void A_kernel_that_was_never_heard_is_told_from_one_that_runs()
    {
        var loaded = new Story().Exchange(1).Load(ContentRole.Kernel, "vmlinuz").Load(ContentRole.Initrd, "initrd.img");
        Assert.Equal((ClientStanding.GoingOn, "all was loaded 0 s ago, its system starts"), (Explain(loaded).Standing, Explain(loaded).Sentence));
        Assert.StartsWith("kernel and initrd were loaded 10 min ago, and not one packet since", Explain(loaded, TimeSpan.FromMinutes(10)).Sentence, StringComparison.Ordinal);

        loaded.Arp().Silence(BootMachine.SystemPatience);
        var found = Explain(loaded);
        Assert.Equal((ClientStanding.Failed, FailureCause.NoReport), (found.Standing, found.Cause));
        Assert.StartsWith("its kernel runs (a packet of its system 10 min ago)", found.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_kernel_for_another_processor_is_the_cause_whatever_follows_from_it()
    {
        _facts = _facts with { Files = new Survey(new FileSurvey(true, Machine: ImageMachine.Arm64)) };
        var silent = new Story().Exchange(1).Load(ContentRole.Kernel, "vmlinuz").Silence(BootMachine.SystemPatience);
        Assert.Equal((BootStep.Kernel, FailureCause.WrongKernel), (Explain(silent).Step, Explain(silent).Cause));

        _facts = _facts with { Files = new Survey(new FileSurvey(true, Machine: ImageMachine.X86)) };
        Assert.Equal(FailureCause.NoReport, Explain(silent).Cause);
    }

    [Fact]
    public void A_file_that_is_not_there_names_the_nearest_that_is()
    {
        _facts = _facts with { Files = new Survey(new FileSurvey(false, "vmlinuz-6.10")) };
        var found = Explain(new Story().Exchange(1).Fail(ContentRole.Other, "vmlinuz", TransferFailure.NotFound));
        Assert.Equal("vmlinuz is not there; vmlinuz-6.10 is", found.Sentence);
        Assert.StartsWith("write 'vmlinuz-6.10' in the profile 'default'", found.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_loader_names_its_package()
    {
        _facts = _facts with { Files = new Survey(new FileSurvey(false)) };
        Assert.StartsWith("apt install ipxe", Explain(new Story().Exchange(1).Fail(ContentRole.Other, "undionly.kpxe", TransferFailure.NotFound)).Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_loader_asks_for_by_itself_is_told_from_what_a_profile_names()
    {
        _facts = _facts with { Files = new Survey(new FileSurvey(false)) };
        Assert.Contains("no profile names it", Explain(new Story().Exchange(1).Fail(ContentRole.Other, "grub/fs.lst", TransferFailure.NotFound)).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Restarts_are_counted_as_long_as_they_follow_one_another()
    {
        var story = new Story();
        for (uint xid = 1; xid <= 4; xid++) story.Exchange(xid).Begin(ContentRole.Kernel, "vmlinuz");
        Assert.Equal((ClientStanding.Stuck, FailureCause.RestartsAgain), (Explain(story).Standing, Explain(story).Cause));
        Assert.StartsWith("it began anew 3 times in 11 s, last in phase Kernel", Explain(story).Sentence, StringComparison.Ordinal);
        Assert.Equal(ClientStanding.Fine, Explain(story.Report()).Standing);
    }

    [Fact]
    public void A_system_that_dies_again_and_again_is_no_mere_restart()
    {
        var story = new Story();
        for (uint xid = 1; xid <= 3; xid++) story.Exchange(xid).Load(ContentRole.Kernel, "vmlinuz");
        var found = Explain(story.Discover(4));
        Assert.Equal(FailureCause.DiedBeforeReport, found.Cause);
        Assert.Contains("3 times", found.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_boot_that_begins_after_one_that_failed_tells_why_that_was_until_it_is_further()
    {
        var story = new Story().Exchange(1).Load(ContentRole.Script, "boot.ipxe").Fail(ContentRole.Other, "vmlinuz", TransferFailure.AccessDenied).Report(booted: false).Discover(2);
        var found = Explain(story);
        Assert.Equal((ClientStanding.GoingOn, BootStep.Tftp, FailureCause.AccessDenied), (found.Standing, found.Step, found.Cause));
        Assert.StartsWith("it tries again since 0 s; boot 1 failed: vmlinuz is there", found.Sentence, StringComparison.Ordinal);
        Assert.Null(Explain(story.Offer(2).Request(2).Ack(2).Load(ContentRole.Kernel, "vmlinuz")).Cause);
    }

    [Fact]
    public void A_download_far_slower_than_the_others_is_a_slow_link()
    {
        var story = new Story().Exchange(1).Load(ContentRole.Kernel, "vmlinuz", TransferProtocol.Http, bytes: 1 << 20);
        Assert.Equal(ClientStanding.GoingOn, Explain(story).Standing);
        _facts = _facts with { UsualRate = 10 << 20 };
        Assert.Equal((ClientStanding.Slow, "it loads at 1 MiB/s, the others at 10 MiB/s"), (Explain(story).Standing, Explain(story).Sentence));
    }

    [Fact]
    public void Two_machines_with_one_MAC_address_are_found_and_a_new_board_is_not()
    {
        var replaced = new Story().DiscoverAs(Guid.Parse("4c4c4544-0000-1000-8000-000000000001")).DiscoverAs(Guid.Parse("4c4c4544-0000-1000-8000-000000000002"));
        Assert.NotEqual(FailureCause.DuplicateMac, Explain(replaced).Cause);
        Assert.Equal(FailureCause.DuplicateMac, Explain(replaced.DiscoverAs(Guid.Parse("4c4c4544-0000-1000-8000-000000000001"))).Cause);
    }

    [Fact]
    public void A_later_stage_that_shows_its_UUID_in_another_byte_order_is_no_second_machine()
    {
        var story = new Story();
        for (uint boot = 0; boot < 3; boot++)
        {
            story.DiscoverAs(Guid.Parse("4c4c4544-0000-1000-8000-000000000001")).Offer(boot).Request(boot).Ack(boot);
            story.Load(ContentRole.Loader, "undionly.kpxe").DiscoverAs(Guid.Parse("44454c4c-0000-0010-8000-000000000001"), ClientStage.Ipxe);
        }
        Assert.Equal(0, story.State.Attributes.UuidReturns);
    }

    [Fact]
    public void The_end_of_a_download_that_a_reset_left_behind_is_no_trouble_of_the_next_boot()
    {
        var story = new Story().Exchange(1).Begin(ContentRole.Kernel, "vmlinuz").Discover(2);
        var left = new TransferEvent { Stage = TransferStage.Failed, Failure = TransferFailure.TimedOut, Protocol = TransferProtocol.Http, Peer = Story.Address, Path = "vmlinuz", Transfer = 1, At = story.Now };
        Assert.Same(story.State, BootMachine.OnTransfer(story.State, left));
    }

    [Fact]
    public void Every_cause_that_a_boot_can_end_by_has_its_rule()
    {
        var patterns = new[] { FailureCause.WrongKernel, FailureCause.LoaderLoop, FailureCause.RestartsAgain, FailureCause.DuplicateMac, FailureCause.SlowLink, FailureCause.NeverHeard };
        Assert.Equal(Enum.GetValues<FailureCause>().Except(patterns), CauseRules.Explained.Order());
    }

    /// <summary>Whatever a record holds, an operator gets a sentence and something to do.</summary>
    [Fact]
    public void Every_cause_is_explained_for_a_boot_of_which_nothing_else_is_known()
    {
        var (bare, now) = (new Story().Discover(1), DateTimeOffset.UnixEpoch.AddMinutes(1));
        foreach (var cause in CauseRules.Explained)
            foreach (var step in Enum.GetValues<BootStep>())
            {
                var failed = bare.State with { Current = bare.Boot with { Phase = BootPhase.Failed, Failure = new BootFailure(step, cause, "x") } };
                var found = Diagnoses.Explain(_facts with { State = failed, Now = now });
                Assert.Equal((ClientStanding.Failed, cause, step), (found.Standing, found.Cause, found.Step));
                Assert.True(found.Sentence.Length > 10 && found.Remedy.Length > 10, $"{cause}: {found.Sentence}; {found.Remedy}");
                Assert.False(found.Sentence.EndsWith('.') || found.Remedy.EndsWith('.'));
            }
    }

    private sealed class Survey(FileSurvey seen) : IContentSurvey
    {
        public FileSurvey Look(string path) => seen;
    }
}
