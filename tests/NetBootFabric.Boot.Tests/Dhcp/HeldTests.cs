using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Boot.Tests.Dhcp;

/// <summary>DHCP of machines that the operator holds.</summary>
public sealed class HeldTests
{
    private readonly DhcpRoom _room = new() { Intent = BootIntent.Hold };

    [Fact]
    public void Firmware_with_a_loader_that_waits_gets_that_loader()
    {
        Assert.Equal("http://10.77.0.1/boot/52:54:00:99:00:09/boot.ipxe", _room.Boot(Inquiries.Ipxe).BootFile);
        Assert.Equal("undionly.kpxe", _room.Handle(Inquiries.BiosPxe)!.BootFile);
        Assert.Equal("shimx64.efi.signed", _room.Handle(Inquiries.EfiPxe)!.BootFile);
    }

    [Fact]
    public void Firmware_without_one_gets_no_answer() => Assert.Equal(DhcpDismissal.Held, _room.Dismissed(Inquiries.EfiHttp));

    [Fact]
    public void A_unified_kernel_image_waits_for_nobody_so_another_loader_does()
    {
        var room = new DhcpRoom(usual => usual with { Profiles = System.Collections.Frozen.FrozenDictionary.ToFrozenDictionary([DhcpRoom.Profile("default", LoaderKind.Uki)]) }) { Intent = BootIntent.Hold };
        Assert.Equal("shimx64.efi.signed", room.Handle(Inquiries.EfiPxe)!.BootFile);
        Assert.Equal("http://10.77.0.1/boot/52:54:00:99:00:09/boot.ipxe", room.Handle(Inquiries.Ipxe)!.BootFile);
    }

    [Fact]
    public void An_operating_system_gets_its_lease_all_the_same() => Assert.Equal(DhcpMessageType.Ack, _room.Boot(Inquiries.Udhcpc).Type);
}
