using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Boot.Loaders;

/// <summary>What a network boot program must be made for.</summary>
internal enum Firmware
{
    /// <summary>None that a loader here is made for: 32-bit EFI, EFI on 32-bit ARM, BIOS by HTTP, U-Boot, OPAL, RISC-V …</summary>
    Unsupported,
    Bios,
    EfiX64,
    EfiArm64,
    HttpX64,
    HttpArm64,

    /// <summary>Loads its own files.</summary>
    RaspberryPi,
}

internal static class Firmwares
{
    /// <summary>The vendor class outweighs the architecture's number in what the client speaks: HTTP or TFTP.</summary>
    public static Firmware Of(DhcpInquiry inquiry) => (Of(inquiry.Architecture), inquiry.IsHttpClient && !inquiry.IsIpxe) switch
    {
        (Firmware.EfiX64, true) => Firmware.HttpX64,
        (Firmware.EfiArm64, true) => Firmware.HttpArm64,
        (Firmware.Bios, true) => Firmware.Unsupported,
        (Firmware.HttpX64, false) => Firmware.EfiX64,
        (Firmware.HttpArm64, false) => Firmware.EfiArm64,
        (var firmware, _) => firmware,
    };

    public static Firmware Of(ClientArchitecture architecture) => architecture switch
    {
        // PXE 2.1 ROMs that leave option 93 out are BIOS ones.
        ClientArchitecture.BiosX86 or ClientArchitecture.Unknown => Firmware.Bios,
        // RFC 4578 §2.1 has 7 for EBC and 9 for x64, IANA's registry the other way round: x64 firmware sends either. Nobody runs EBC.
        ClientArchitecture.EfiX64 or ClientArchitecture.EfiBc => Firmware.EfiX64,
        ClientArchitecture.HttpX64 or ClientArchitecture.HttpEbc => Firmware.HttpX64,
        ClientArchitecture.EfiArm64 => Firmware.EfiArm64,
        ClientArchitecture.HttpArm64 => Firmware.HttpArm64,
        ClientArchitecture.RaspberryPi => Firmware.RaspberryPi,
        _ => Firmware.Unsupported,
    };
}
