using System.Collections.Frozen;
using NetBootFabric.Boot.Clients;
using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Rooms;

namespace NetBootFabric.Boot.Tests.Clients;

/// <summary>What the operator orders for one boot, and machines that he holds.</summary>
public sealed class OrderTests
{
    private static readonly FrozenDictionary<string, Profile> Profiles = new[] { "default", "rescue" }.ToFrozenDictionary(name => name, name => new Profile { Name = name, Kernel = name });

    private static Room RoomOf(NodeEntry node) => new() { Profiles = Profiles, Nodes = FrozenDictionary.ToFrozenDictionary([KeyValuePair.Create(Story.Mac, node)]) };

    private static BootPlan Plan(NodeEntry node, ClientState state) => BootPlan.Of(RoomOf(node), node, state);

    /// <summary>A whole boot by what is planned for it, to the system's report.</summary>
    private static ClientState Boot(NodeEntry node, ClientState state)
    {
        var number = (state.Current?.Number ?? 0) + 1;
        var booting = state.Succeed(new BootRecord { Number = number, Phase = BootPhase.Script, Boots = true });
        booting = BootMachine.OnPlan(booting, Plan(node, booting));
        return BootMachine.OnReport(booting, new(Story.Mac, default, true, null, DateTimeOffset.UnixEpoch)).ServedFor(node);
    }

    private static readonly ClientState Fresh = new() { Mac = Story.Mac };
    private static readonly NodeEntry Entry = new() { Mac = Story.Mac };

    [Fact]
    public void A_profile_for_one_boot_is_booted_once_and_then_the_former_one()
    {
        var node = Entry with { Next = "rescue", NextOrder = 7 };
        Assert.Equal(("rescue", BootIntent.Always), Plan(node, Fresh) is var first ? (first.Profile!.Name, first.Intent) : default);

        var served = Boot(node, Fresh);
        Assert.Equal("default", Plan(node, served).Profile!.Name);
        Assert.Equal("rescue", Plan(node with { NextOrder = 8 }, served).Profile!.Name);
    }

    [Fact]
    public void A_profile_for_one_boot_comes_before_the_local_disk_and_before_hold()
    {
        foreach (var intent in new[] { BootIntent.Local, BootIntent.Hold })
        {
            var node = Entry with { Intent = intent, Next = "rescue", NextOrder = 7 };
            Assert.Equal(BootIntent.Always, Plan(node, Fresh).Intent);
            Assert.Equal(intent, Plan(node, Boot(node, Fresh)).Intent);
        }
    }

    [Fact]
    public void An_order_given_while_another_boot_runs_is_not_served_by_it()
    {
        var booting = Fresh.Succeed(new BootRecord { Number = 1, Phase = BootPhase.Kernel, Boots = true });
        var node = Entry with { Next = "rescue", NextOrder = 7 };
        booting = BootMachine.OnPlan(booting, Plan(node, booting));
        var booted = BootMachine.OnReport(booting, new(Story.Mac, default, true, null, DateTimeOffset.UnixEpoch)).ServedFor(node);

        Assert.Equal("rescue", Plan(node, booted).Profile!.Name);
    }

    [Fact]
    public void A_profile_for_one_boot_that_is_gone_is_left_out() =>
        Assert.Equal("default", Plan(Entry with { Next = "gone", NextOrder = 7 }, Fresh).Profile!.Name);

    [Fact]
    public void An_intent_to_boot_once_is_armed_again_when_it_is_given_again()
    {
        var once = Entry with { Intent = BootIntent.Once, IntentOrder = 3 };
        Assert.Equal(BootIntent.Once, Plan(once, Fresh).Intent);

        var served = Boot(once, Fresh);
        Assert.Equal(BootIntent.Local, Plan(once, served).Intent);
        Assert.Equal(BootIntent.Once, Plan(once with { IntentOrder = 4 }, served).Intent);
        Assert.Equal(BootIntent.Local, Plan(once with { IntentOrder = 4 }, Boot(once with { IntentOrder = 4 }, served)).Intent);
    }

    [Fact]
    public void An_intent_of_the_first_file_that_was_served_stays_served() =>
        Assert.Equal(BootIntent.Local, Plan(Entry with { Intent = BootIntent.Once }, Fresh with { OnceServed = true }).Intent);

    [Fact]
    public void A_held_boot_is_shown_as_held_and_never_fails_by_silence()
    {
        var story = new Story().Exchange(1, ClientStage.Ipxe).Intend(BootIntent.Hold).Load(ContentRole.Script, "boot.ipxe").Silence(TimeSpan.FromDays(3));

        Assert.Equal(("Held", BootPhase.Script), (story.Boot.PhaseName, story.Boot.Phase));
        Assert.Null(BootMachine.Deadline(story.State));
    }

    [Fact]
    public void A_held_machine_that_is_switched_off_and_on_has_not_failed()
    {
        var story = new Story().Exchange(1, ClientStage.Ipxe).Intend(BootIntent.Hold).Load(ContentRole.Script, "boot.ipxe").Discover(2);
        Assert.Null(Assert.Single(story.State.History).Failure);
    }

    [Fact]
    public void A_released_machine_goes_on_in_the_same_boot()
    {
        var story = new Story().Exchange(1, ClientStage.Ipxe).Intend(BootIntent.Hold).Load(ContentRole.Script, "boot.ipxe").Intend(BootIntent.Always);
        Assert.Equal("Script", story.Boot.PhaseName);
        Assert.NotNull(BootMachine.Deadline(story.State));
    }

    [Fact]
    public void A_machine_that_waits_fills_no_list_with_its_script()
    {
        var story = new Story().Exchange(1, ClientStage.Ipxe).Intend(BootIntent.Hold);
        for (var i = 0; i < 50; i++) story.Load(ContentRole.Script, "boot.ipxe");
        Assert.Single(story.Boot.Downloads);
    }

    [Fact]
    public void A_lease_for_an_operating_system_is_not_held() =>
        Assert.Equal("Bound", new Story().Exchange(1, ClientStage.System).Intend(BootIntent.Hold).Boot.PhaseName);
}
