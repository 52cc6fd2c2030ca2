using NetBootFabric.Boot.Loaders;

namespace NetBootFabric.Content.KernelImages;

/// <summary>The EFI program in front of a unified kernel image, by the kernel's machine.</summary>
public static class KernelImageStubs
{
    public static LoaderFile X64 { get; } = Of("linuxx64.efi.stub");
    public static LoaderFile Arm64 { get; } = Of("linuxaa64.efi.stub");

    /// <summary>For a PE machine type (0x8664, 0xAA64); null for others.</summary>
    internal static LoaderFile? For(ushort machine) => machine switch
    {
        PeHeader.X64 => X64,
        PeHeader.Arm64 => Arm64,
        _ => null,
    };

    private static LoaderFile Of(string name) => new(name, "systemd-boot-efi", [$"/usr/lib/systemd/boot/efi/{name}"]);
}
