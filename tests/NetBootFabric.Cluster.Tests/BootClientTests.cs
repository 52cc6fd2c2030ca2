using System.Collections.Frozen;
using NetBootFabric.Boot.Clients;
using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Boot.Events;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Cluster.Messages;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Cluster.Tests;

public sealed class BootClientTests
{
    private readonly Fabric _fabric = new();

    private void Load(ContentRole role, string path, TransferStage stage = TransferStage.Done) => _fabric.Tell(new TransferSeen(Fabric.Mac, new TransferEvent
    {
        Stage = stage,
        Protocol = TransferProtocol.Http,
        Peer = Ipv4Address.Parse("10.77.1.1"),
        Path = path,
        Role = role,
        Bytes = 1000,
        At = _fabric.Runtime.TimeProvider.GetUtcNow(),
    }));

    private void Report() => _fabric.Tell(new SystemReported(new SystemReport(Fabric.Mac, default, true, null, _fabric.Runtime.TimeProvider.GetUtcNow())));

    private void Pass(TimeSpan time) => _fabric.Runtime.Advance(time);

    [Fact]
    public void An_offer_needs_no_write()
    {
        _fabric.Send(DhcpMessageType.Discover);

        Assert.Equal(DhcpMessageType.Offer, Assert.IsType<DhcpAnswer>(Assert.Single(_fabric.Heard())).Type);
        Assert.Equal((0, 0), (_fabric.LeaseStore.Commits, _fabric.Journal.Appends));
        Assert.Equal(BootPhase.Offered, _fabric.Client.Current!.Phase);
    }

    [Fact]
    public void An_ACK_waits_for_the_commit_of_its_lease()
    {
        _fabric.Send(DhcpMessageType.Discover);
        var offered = ((DhcpAnswer)_fabric.Heard().Single()).YourAddress;
        _fabric.LeaseStore.Holds = true;
        _fabric.Send(DhcpMessageType.Request, requested: offered);
        Assert.Empty(_fabric.Heard());
        Assert.Equal(BootPhase.Offered, _fabric.Client.Current!.Phase);

        _fabric.LeaseStore.Finish();
        Assert.Equal(DhcpMessageType.Ack, Assert.IsType<DhcpAnswer>(Assert.Single(_fabric.Heard())).Type);
        Assert.NotNull(_fabric.LeaseStore.Find(Fabric.Mac, offered));
        Assert.Equal(BootPhase.Bound, _fabric.Client.Current!.Phase);
    }

    [Fact]
    public void A_request_repeated_during_the_commit_gets_one_ACK()
    {
        _fabric.Send(DhcpMessageType.Discover);
        var offered = ((DhcpAnswer)_fabric.Heard().Single()).YourAddress;
        _fabric.LeaseStore.Holds = true;
        _fabric.Send(DhcpMessageType.Request, requested: offered);
        _fabric.Send(DhcpMessageType.Request, requested: offered);
        _fabric.LeaseStore.Finish();

        var heard = _fabric.Heard();
        Assert.Single(heard.OfType<DhcpAnswer>());
        Assert.Equal(DhcpDismissal.NoAnswerNeeded, Assert.Single(heard.OfType<DhcpDismissed>()).Reason);
        Assert.Equal(1, _fabric.LeaseStore.Commits);
    }

    [Fact]
    public void When_the_lease_cannot_be_written_there_is_no_ACK_and_the_retry_gets_one()
    {
        _fabric.Send(DhcpMessageType.Discover);
        var offered = ((DhcpAnswer)_fabric.Heard().Single()).YourAddress;
        _fabric.LeaseStore.IsDown = true;
        _fabric.Send(DhcpMessageType.Request, requested: offered);
        Assert.Equal(DhcpDismissal.StoreUnavailable, Assert.IsType<DhcpDismissed>(Assert.Single(_fabric.Heard())).Reason);

        _fabric.LeaseStore.IsDown = false;
        _fabric.Send(DhcpMessageType.Request, requested: offered);
        Assert.Equal(DhcpMessageType.Ack, Assert.IsType<DhcpAnswer>(Assert.Single(_fabric.Heard())).Type);
    }

    [Fact]
    public void An_address_that_is_found_in_use_during_its_commit_is_not_acknowledged()
    {
        _fabric.Send(DhcpMessageType.Discover);
        var offered = ((DhcpAnswer)_fabric.Heard().Single()).YourAddress;
        _fabric.LeaseStore.Holds = true;
        _fabric.Send(DhcpMessageType.Request, requested: offered);
        _fabric.Leases.Quarantine(offered, _fabric.Runtime.TimeProvider.GetUtcNow().AddHours(1), "somebody answers for it", static _ => { });
        _fabric.LeaseStore.Finish();

        Assert.Equal(DhcpDismissal.AddressUnavailable, Assert.IsType<DhcpDismissed>(Assert.Single(_fabric.Heard())).Reason);
    }

    [Fact]
    public void A_repeated_request_gets_the_same_answer_from_memory()
    {
        var address = _fabric.Exchange();
        var commits = _fabric.LeaseStore.Commits;
        _fabric.Send(DhcpMessageType.Request, requested: address);

        Assert.Equal(address, Assert.IsType<DhcpAnswer>(Assert.Single(_fabric.Heard())).YourAddress);
        Assert.Equal(commits, _fabric.LeaseStore.Commits);
    }

    [Fact]
    public void A_whole_boot_is_remembered_over_a_crash()
    {
        _fabric.Exchange();
        Load(ContentRole.Kernel, "vmlinuz");
        Load(ContentRole.Initrd, "initrd.img");
        Report();
        _fabric.Crash();
        _fabric.Tell(new Wake(Fabric.Mac));

        var boot = _fabric.Client.Current!;
        Assert.Equal(BootPhase.Booted, boot.Phase);
        Assert.Equal([BootPhase.Discovering, BootPhase.Offered, BootPhase.Bound, BootPhase.Resolved, BootPhase.Kernel, BootPhase.Initrd, BootPhase.Booted], boot.Phases.Select(entry => entry.Phase));
    }

    [Fact]
    public void After_a_crash_the_client_keeps_its_address_and_its_boot_goes_on()
    {
        var address = _fabric.Exchange();
        _fabric.Crash();
        Load(ContentRole.Kernel, "vmlinuz", TransferStage.Started);
        Assert.Equal(1, _fabric.Client.Current!.Number);

        Assert.Equal(address, _fabric.Exchange(xid: 2));
        Assert.Equal(2, _fabric.Client.Current!.Number);
    }

    [Fact]
    public void An_idle_client_leaves_memory_and_comes_back_with_its_history()
    {
        for (uint xid = 1; xid <= 9; xid++)
        {
            _fabric.Exchange(xid);
            Report();
        }
        Pass(TimeSpan.FromMinutes(10));
        Assert.Equal(0, _fabric.Entities());

        _fabric.Send(DhcpMessageType.Discover, 10);
        Assert.Equal(10, _fabric.Client.Current!.Number);
        Assert.Equal([9L, 8, 7, 6, 5, 4, 3, 2, 1], _fabric.Client.History.Select(boot => boot.Number));
    }

    [Fact]
    public void A_client_that_falls_silent_has_failed_and_says_where()
    {
        _fabric.Exchange();
        Pass(BootMachine.NetworkPatience + TimeSpan.FromSeconds(1));

        Assert.Equal(BootPhase.Failed, _fabric.Client.Current!.Phase);
        Assert.Equal(FailureCause.NeverAsked, _fabric.Client.Current.Failure!.Cause);
    }

    [Fact]
    public void Silence_that_spans_a_crash_is_noticed_once_the_client_is_woken()
    {
        _fabric.Exchange();
        _fabric.Crash();
        _fabric.Tell(new Wake(Fabric.Mac));
        Pass(BootMachine.NetworkPatience + TimeSpan.FromSeconds(1));

        Assert.Equal(BootPhase.Failed, _fabric.Client.Current!.Phase);
    }

    [Fact]
    public void A_declined_address_is_quarantined_and_another_is_offered()
    {
        var address = _fabric.Exchange();
        _fabric.Send(DhcpMessageType.Decline, requested: address);
        Assert.Equal(address, Assert.Single(_fabric.LeaseStore.Quarantines).Address);
        _fabric.Heard();

        Assert.NotEqual(address, _fabric.Exchange(xid: 2));
    }

    [Fact]
    public void When_the_journal_can_neither_be_written_nor_read_a_known_client_still_boots()
    {
        var address = _fabric.Exchange();
        _fabric.Journal.Fault = _ => new IOException("locked");
        _fabric.Journal.RecoveryFault = _ => new IOException("locked");
        for (uint xid = 2; xid < 5; xid++)
        {
            Assert.Equal(address, _fabric.Exchange(xid));
            Load(ContentRole.Kernel, "vmlinuz");
        }

        _fabric.Journal.Fault = null;
        _fabric.Journal.RecoveryFault = null;
        _fabric.Exchange(xid: 5);
        Report();
        Assert.Equal((BootPhase.Booted, 5), (_fabric.Client.Current!.Phase, _fabric.Client.Current.Number));
    }

    [Fact]
    public void When_the_journal_fails_the_client_still_boots_and_what_it_knew_is_shown()
    {
        var address = _fabric.Exchange();
        _fabric.Journal.Fault = _ => new IOException("no space left on device");
        Load(ContentRole.Kernel, "vmlinuz");
        _fabric.Send(DhcpMessageType.Request, requested: address);
        Assert.Equal(DhcpMessageType.Ack, Assert.IsType<DhcpAnswer>(Assert.Single(_fabric.Heard())).Type);
        Assert.Equal(BootPhase.Kernel, _fabric.Client.Current!.Phase);

        _fabric.Journal.Fault = null;
        Report();
        Assert.Equal(BootPhase.Booted, _fabric.Client.Current!.Phase);
    }

    [Fact]
    public void A_client_that_chose_another_server_names_it()
    {
        _fabric.Send(DhcpMessageType.Discover);
        _fabric.Send(DhcpMessageType.Request, requested: Ipv4Address.Parse("10.77.9.9"), toUs: false);

        Assert.Equal("10.77.0.99", _fabric.Client.Current!.Trouble!.Detail);
    }

    private void Say(NodeEntry node) => _fabric.Current = _fabric.Current with
    {
        Profiles = new[] { "default", "rescue" }.ToFrozenDictionary(name => name, name => new Profile { Name = name, Kernel = name }),
        Nodes = FrozenDictionary.ToFrozenDictionary([KeyValuePair.Create(Fabric.Mac, node)]),
    };

    private BootPlan Plan => BootPlan.Of(_fabric.Current, _fabric.Current.NodeOf(Fabric.Mac), _fabric.Client);

    [Fact]
    public void A_profile_for_one_boot_that_was_served_is_remembered_through_a_crash()
    {
        Say(new NodeEntry { Mac = Fabric.Mac, Next = "rescue", NextOrder = 5 });
        _fabric.Exchange();
        Assert.Equal("rescue", Plan.Profile!.Name);
        Load(ContentRole.Script, "boot.ipxe", TransferStage.Started);
        Load(ContentRole.Kernel, "rescue");
        Report();
        _fabric.Crash();
        _fabric.Tell(new Wake(Fabric.Mac));

        Assert.Equal("default", Plan.Profile!.Name);
    }

    [Fact]
    public void A_machine_that_was_released_serves_the_order_that_its_next_script_says()
    {
        Say(new NodeEntry { Mac = Fabric.Mac, Intent = BootIntent.Hold });
        _fabric.Exchange();
        Load(ContentRole.Script, "boot.ipxe", TransferStage.Started);
        Assert.Equal("Held", _fabric.Client.Current!.PhaseName);
        Pass(TimeSpan.FromHours(5));
        Assert.Equal("Held", _fabric.Client.Current!.PhaseName);

        Say(new NodeEntry { Mac = Fabric.Mac, Next = "rescue", NextOrder = 5 });
        Load(ContentRole.Script, "boot.ipxe", TransferStage.Started);
        Assert.Equal(("Script", 5), (_fabric.Client.Current!.PhaseName, _fabric.Client.Current.Order.Number));
        Load(ContentRole.Kernel, "rescue");
        Report();
        Assert.Equal((5, 1), (_fabric.Client.NextServed, _fabric.Client.Current.Number));
    }

    [Fact]
    public void A_held_machine_is_held_after_a_crash_and_does_not_fail()
    {
        Say(new NodeEntry { Mac = Fabric.Mac, Intent = BootIntent.Hold });
        _fabric.Exchange();
        Load(ContentRole.Script, "boot.ipxe", TransferStage.Started);
        _fabric.Crash();
        _fabric.Tell(new Wake(Fabric.Mac));
        Pass(TimeSpan.FromHours(5));

        Assert.Equal("Held", _fabric.Client.Current!.PhaseName);
    }
}
