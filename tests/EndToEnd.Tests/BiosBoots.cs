using NetBootFabric.EndToEnd.Tests.Lab;
using Xunit.Abstractions;

namespace NetBootFabric.EndToEnd.Tests;

/// <summary>Machines with a BIOS, each from power-on to its system's report.</summary>
public sealed class BiosBoots(ITestOutputHelper output)
{
    [Fact]
    public async Task An_iPXE_ROM_boots_over_HTTP_without_a_loader_between()
    {
        var seen = await BootAsync("bios-ipxe", Firmware.BiosIpxe, "auto");
        seen.WentThrough(exchanges: 1, "Http", "Script", "Kernel", "Initrd");
    }

    [Fact]
    public async Task A_plain_ROM_boots_by_the_default_loader()
    {
        var seen = await BootAsync("bios-plain-auto", Firmware.BiosPlain, "auto");
        seen.WentThrough(exchanges: 1, "Http", "Loader", "Script", "Kernel", "Initrd");
    }

    [Fact]
    public async Task A_plain_ROM_boots_PXELINUX_over_TFTP_alone()
    {
        var seen = await BootAsync("bios-pxelinux", Firmware.BiosPlain, "pxelinux");
        seen.WentThrough(exchanges: 1, "Tftp", "Loader", "Script", "Kernel", "Initrd");
        Assert.All(seen.Boot.Downloads, download => Assert.Equal("Tftp", download.Protocol));
    }

    [Fact]
    public async Task A_plain_ROM_boots_lpxelinux_over_HTTP()
    {
        var seen = await BootAsync("bios-lpxelinux", Firmware.BiosPlain, "lpxelinux");
        seen.WentThrough(exchanges: 1, "Http", "Loader", "Script", "Kernel", "Initrd");
        Assert.Equal("lpxelinux.0", seen.Boot.Loader);
    }

    [Fact]
    public async Task An_iPXE_ROM_chains_undionly_whose_scriptlet_spares_the_second_exchange()
    {
        var seen = await BootAsync("bios-undionly", Firmware.BiosIpxe, "undionly");
        seen.WentThrough(exchanges: 1, "Http", "Loader", "Script", "Kernel", "Initrd");
        Assert.Equal("undionly.kpxe", seen.Boot.Loader);
    }

    private async Task<SeenBoot> BootAsync(string name, Firmware firmware, string loader)
    {
        using var room = await Room.OpenAsync(name, new RoomConfiguration { Loader = loader });
        var seen = await room.BootAsync(firmware);
        output.WriteLine(seen.Summary(name));
        return seen;
    }
}
