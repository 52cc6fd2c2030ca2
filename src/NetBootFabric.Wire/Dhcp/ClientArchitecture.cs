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
    HttpX86 = 15,
    HttpX64 = 16,
    HttpEbc = 17,
    HttpArm32 = 18,
    HttpArm64 = 19,
    HttpBios = 20,
    /// <summary>Not on the wire: the client sent no option 93.</summary>
    Unknown = 0xFFFF,
}
