using NetBootFabric.EndToEnd.Tests.Lab;
using Xunit.Abstractions;

namespace NetBootFabric.EndToEnd.Tests;

/// <summary>Machines with UEFI, each from power-on to its system's report.</summary>
public sealed class UefiBoots(ITestOutputHelper output)
{
    [Fact]
    public async Task PXE_boots_the_signed_GRUB()
    {
        var seen = await BootAsync("uefi-grub", Firmware.UefiPxe, "grub");
        seen.WentThrough(exchanges: 1, "Tftp", "Loader", "Script", "Kernel", "Initrd");
    }

    [Fact]
    public async Task PXE_with_Secure_Boot_on_boots_through_shim_by_default()
    {
        var seen = await BootAsync("uefi-secureboot", Firmware.UefiSecureBoot, "auto");
        seen.WentThrough(exchanges: 1, "Tftp", "Loader", "Script", "Kernel", "Initrd");
        Assert.Contains("secureboot: Secure boot enabled", seen.Console, StringComparison.Ordinal);
        Assert.StartsWith("shim", seen.Boot.Loader, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PXE_boots_snponly_over_HTTP_with_a_second_exchange()
    {
        var seen = await BootAsync("uefi-snponly", Firmware.UefiPxe, "snponly");
        seen.WentThrough(exchanges: 2, "Http", "Loader", "Script", "Kernel", "Initrd");
    }

    [Fact]
    public async Task HTTP_boot_loads_a_unified_kernel_image_by_default()
    {
        var seen = await BootAsync("uefi-http", Firmware.UefiHttp, "auto");
        seen.WentThrough(exchanges: 1, "Http", "Kernel");
    }

    private async Task<SeenBoot> BootAsync(string name, Firmware firmware, string loader)
    {
        using var room = await Room.OpenAsync(name, new RoomConfiguration { Loader = loader });
        var seen = await room.BootAsync(firmware);
        output.WriteLine(seen.Summary(name));
        return seen;
    }
}
