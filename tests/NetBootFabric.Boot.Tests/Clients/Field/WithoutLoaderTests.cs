using NetBootFabric.Boot.Clients;
using NetBootFabric.Boot.Clients.Why;
using NetBootFabric.Boot.Tests.Dhcp;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Boot.Tests.Clients.Field;

public sealed class WithoutLoaderTests
{
    private readonly DhcpRoom _room = new();

    private BootRecord Lend(ClientArchitecture architecture)
    {
        _room.Boot(Inquiries.Firmware($"PXEClient:Arch:{(int)architecture:00000}:UNDI:003000", architecture));
        return _room.State(DhcpRoom.Stranger).Current!;
    }

    [Theory] // F04
    [InlineData(ClientArchitecture.UBootArm64)]
    [InlineData(ClientArchitecture.PowerOpal)]
    [InlineData(ClientArchitecture.EfiIa32)]
    [InlineData(ClientArchitecture.EfiRiscV64)]
    public void A_machine_without_a_loader_is_shown_as_such_and_not_awaited(ClientArchitecture architecture)
    {
        var boot = Lend(architecture);
        Assert.Equal((BootPhase.Bound, "NoLoader"), (boot.Phase, boot.PhaseName));
        Assert.Null(BootMachine.Deadline(_room.State(DhcpRoom.Stranger)));

        var found = Diagnoses.Explain(new ClientFacts { State = _room.State(DhcpRoom.Stranger), Room = _room.Room, Now = _room.Now });
        Assert.Equal((ClientStanding.Stuck, FailureCause.WrongFirmware), (found.Standing, found.Cause));
        Assert.Contains($"no loader is made for its firmware, {architecture}", found.Sentence, StringComparison.Ordinal);
        Assert.Contains("boot_file", found.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_is_given_a_boot_file_by_hand_is_awaited_as_any()
    {
        _room.Reload(usual => usual with { Subnets = [usual.Subnets[0] with { Dhcp = new() { BootFile = "u-boot.scr" } }] });
        Assert.Equal("Bound", Lend(ClientArchitecture.UBootArm64).PhaseName);
        Assert.NotNull(BootMachine.Deadline(_room.State(DhcpRoom.Stranger)));
    }

    [Fact]
    public void Once_it_loads_by_itself_the_usual_phases_are_shown()
    {
        Lend(ClientArchitecture.UBootArm64);
        Assert.False((_room.State(DhcpRoom.Stranger).Current! with { Phase = BootPhase.Kernel }).PhaseName == "NoLoader");
    }
}
