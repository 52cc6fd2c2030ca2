using System.Collections.Frozen;
using System.Collections.Immutable;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Boot.Loaders;

/// <summary>The network boot programs: which file each is, and where the distribution keeps it. All are of the role <c>ContentRole.Loader</c>.</summary>
public static class LoaderFiles
{
    private static readonly LoaderFile Undionly = new("undionly.kpxe", "ipxe", ["/usr/lib/ipxe/undionly.kpxe", "/usr/share/ipxe/undionly.kpxe"]);
    private static readonly LoaderFile Snponly = new("snponly.efi", "ipxe", ["/usr/lib/ipxe/snponly.efi", "/usr/share/ipxe/ipxe-snponly-x86_64.efi"]);
    private static readonly LoaderFile IpxeEfi = new("ipxe.efi", "ipxe", ["/usr/lib/ipxe/ipxe.efi", "/usr/share/ipxe/ipxe-x86_64.efi"]);
    private static readonly LoaderFile Pxelinux = new("pxelinux.0", "pxelinux", ["/usr/lib/PXELINUX/pxelinux.0", "/usr/share/syslinux/pxelinux.0"]);
    private static readonly LoaderFile Lpxelinux = new("lpxelinux.0", "pxelinux", ["/usr/lib/PXELINUX/lpxelinux.0", "/usr/share/syslinux/lpxelinux.0"]);
    private static readonly LoaderFile ShimX64 = new("shimx64.efi.signed", "shim-signed", ["/usr/lib/shim/shimx64.efi.signed"]);
    private static readonly LoaderFile GrubX64 =
        new("grubnetx64.efi.signed", "grub-efi-amd64-signed", ["/usr/lib/grub/x86_64-efi-signed/grubnetx64.efi.signed"]);
    private static readonly LoaderFile ShimArm64 = new("shimaa64.efi.signed", "shim-signed:arm64", ["/usr/lib/shim/shimaa64.efi.signed"]);
    private static readonly LoaderFile GrubArm64 =
        new("grubnetaa64.efi.signed", "grub-efi-arm64-signed:arm64", ["/usr/lib/grub/arm64-efi-signed/grubnetaa64.efi.signed"]);

    /// <summary>PXELINUX 6 keeps its core in this module, of the same version and firmware.</summary>
    private static readonly LoaderFile Ldlinux =
        new("ldlinux.c32", "syslinux-common", ["/usr/lib/syslinux/modules/bios/ldlinux.c32", "/usr/share/syslinux/ldlinux.c32"]);

    /// <summary>What shim asks for next, beside itself: the signed GRUB that can use the network.</summary>
    private static readonly LoaderFile SecondStageX64 = GrubX64 with { Name = "grubx64.efi" };
    private static readonly LoaderFile SecondStageArm64 = GrubArm64 with { Name = "grubaa64.efi" };

    public static ImmutableArray<LoaderFile> All { get; } =
    [
        Undionly, Snponly, IpxeEfi, Pxelinux, Lpxelinux, Ldlinux,
        ShimX64, GrubX64, SecondStageX64, ShimArm64, GrubArm64, SecondStageArm64,
    ];

    private static readonly FrozenDictionary<string, LoaderFile> ByName = All.ToFrozenDictionary(file => file.Name, StringComparer.Ordinal);

    /// <summary>The loader file that is served as <paramref name="name"/>, without a leading slash.</summary>
    public static LoaderFile? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>
    /// The files that <paramref name="kind"/> takes on that firmware, the boot file first; empty when it does not run there.
    /// Empty too for <see cref="LoaderKind.Uki"/>, which is made per client, and <see cref="LoaderKind.Auto"/>, which is no file.
    /// </summary>
    public static ImmutableArray<LoaderFile> For(LoaderKind kind, ClientArchitecture architecture) => For(kind, Firmwares.Of(architecture));

    internal static ImmutableArray<LoaderFile> For(LoaderKind kind, Firmware firmware) => (kind, firmware) switch
    {
        (LoaderKind.Undionly, Firmware.Bios) => Sets.Undionly,
        (LoaderKind.Pxelinux, Firmware.Bios) => Sets.Pxelinux,
        (LoaderKind.Lpxelinux, Firmware.Bios) => Sets.Lpxelinux,
        (LoaderKind.Snponly, Firmware.EfiX64 or Firmware.HttpX64) => Sets.Snponly,
        (LoaderKind.IpxeEfi, Firmware.EfiX64 or Firmware.HttpX64) => Sets.IpxeEfi,
        // Fetched by HTTP boot, shim and GRUB end at a prompt: the firmware leaves them no address. So PXE only.
        (LoaderKind.Shim, Firmware.EfiX64) => Sets.ShimX64,
        (LoaderKind.Grub, Firmware.EfiX64) => Sets.GrubX64,
        (LoaderKind.Shim, Firmware.EfiArm64) => Sets.ShimArm64,
        (LoaderKind.Grub, Firmware.EfiArm64) => Sets.GrubArm64,
        _ => [],
    };

    /// <summary>Made once: they are asked for with every answer.</summary>
    private static class Sets
    {
        public static readonly ImmutableArray<LoaderFile> Undionly = [LoaderFiles.Undionly];
        public static readonly ImmutableArray<LoaderFile> Pxelinux = [LoaderFiles.Pxelinux, Ldlinux];
        public static readonly ImmutableArray<LoaderFile> Lpxelinux = [LoaderFiles.Lpxelinux, Ldlinux];
        public static readonly ImmutableArray<LoaderFile> Snponly = [LoaderFiles.Snponly];
        public static readonly ImmutableArray<LoaderFile> IpxeEfi = [LoaderFiles.IpxeEfi];
        public static readonly ImmutableArray<LoaderFile> ShimX64 = [LoaderFiles.ShimX64, SecondStageX64];
        public static readonly ImmutableArray<LoaderFile> GrubX64 = [LoaderFiles.GrubX64];
        public static readonly ImmutableArray<LoaderFile> ShimArm64 = [LoaderFiles.ShimArm64, SecondStageArm64];
        public static readonly ImmutableArray<LoaderFile> GrubArm64 = [LoaderFiles.GrubArm64];
    }
}
