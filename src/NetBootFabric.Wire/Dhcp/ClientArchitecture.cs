namespace NetBootFabric.Wire.Dhcp;

/// <summary>Option 93, client system architecture (RFC 4578 §2.1 and the IANA registry of processor architecture types).</summary>
public enum ClientArchitecture : ushort
{
    BiosX86 = 0,
    EfiIa32 = 6,
    EfiX64 = 7,
    EfiBc = 9,
    EfiArm32 = 10,
    EfiArm64 = 11,
    PowerOpenFirmware = 12,
    PowerEpapr = 13,
    PowerOpal = 14,
    HttpX86 = 15,
    HttpX64 = 16,
    HttpEbc = 17,
    HttpArm32 = 18,
    HttpArm64 = 19,
    HttpBios = 20,
    UBootArm32 = 21,
    UBootArm64 = 22,
    UBootHttpArm32 = 23,
    UBootHttpArm64 = 24,
    EfiRiscV32 = 25,
    HttpRiscV32 = 26,
    EfiRiscV64 = 27,
    HttpRiscV64 = 28,
    S390 = 31,
    S390Extended = 32,
    EfiLoongArch32 = 37,
    HttpLoongArch32 = 38,
    EfiLoongArch64 = 39,
    HttpLoongArch64 = 40,
    RaspberryPi = 41,
    /// <summary>Not on the wire: the client sent no option 93.</summary>
    Unknown = 0xFFFF,
}
