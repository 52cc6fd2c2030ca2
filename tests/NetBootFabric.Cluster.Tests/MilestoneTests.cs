using NetBootFabric.Boot.Clients;
using NetBootFabric.Cluster.Clients;
using NetBootFabric.Wire;

namespace NetBootFabric.Cluster.Tests;

public sealed class MilestoneTests
{
    private static readonly MacAddress Mac = MacAddress.Parse("52:54:00:77:00:01");
    private static readonly DateTimeOffset At = DateTimeOffset.UnixEpoch;

    private static BootRecord Boot(long number, BootPhase phase) =>
        new() { Number = number, Phase = phase, Phases = [new PhaseEntry(BootPhase.Discovering, At), new PhaseEntry(phase, At)] };

    private static ClientState With(BootRecord boot) => new() { Mac = Mac, Current = boot };

    [Fact]
    public void Nothing_is_written_before_the_lease() =>
        Assert.Empty(Milestones.Between(With(Boot(1, BootPhase.Discovering)), With(Boot(1, BootPhase.Offered)), isKnown: true));

    [Fact]
    public void A_bound_client_is_written() =>
        Assert.Equal(BootPhase.Bound, Assert.Single(Milestones.Between(With(Boot(1, BootPhase.Offered)), With(Boot(1, BootPhase.Bound)), isKnown: false)).Boot.Phase);

    [Fact]
    public void A_boot_given_up_for_a_new_one_is_written_with_its_end()
    {
        var before = With(Boot(1, BootPhase.Kernel));
        var now = With(Boot(1, BootPhase.Failed)).Succeed(Boot(2, BootPhase.Discovering));

        var written = Assert.Single(Milestones.Between(before, now, isKnown: true));
        Assert.Equal((1, BootPhase.Failed), (written.Boot.Number, written.Boot.Phase));
    }

    [Fact]
    public void What_was_written_brings_the_state_back()
    {
        var state = With(Boot(1, BootPhase.Bound));
        foreach (var boot in new[] { Boot(1, BootPhase.Booted), Boot(2, BootPhase.Bound), Boot(2, BootPhase.Booted) })
            state = Milestones.Apply(state, new(boot, new ClientAttributes(), false));

        Assert.Equal((2, BootPhase.Booted), (state.Current!.Number, state.Current.Phase));
        Assert.Equal((1, BootPhase.Booted), (state.History[0].Number, state.History[0].Phase));
    }
}
