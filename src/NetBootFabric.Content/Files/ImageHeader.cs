using System.Buffers.Binary;
using NetBootFabric.Boot.Content;

namespace NetBootFabric.Content.Files;

/// <summary>Which processors a kernel or EFI program is for, by its first octets.</summary>
internal static class ImageHeader
{
    /// <summary>Octets that have every header below in them: kernels put their PE header well before that.</summary>
    public const int Size = 4096;

    public static ImageMachine MachineOf(ReadOnlySpan<byte> image)
    {
        if (Is(image, 0x202, "HdrS"u8)) return ImageMachine.X86;          // Linux' x86 boot protocol: bzImage
        if (Is(image, 0x38, "ARM\x64"u8)) return ImageMachine.Arm64;      // Linux' arm64 Image
        if (Is(image, 0x24, [0x18, 0x28, 0x6F, 0x01])) return ImageMachine.Arm32; // Linux' arm zImage
        if (Is(image, 0, [0x7F, .. "ELF"u8])) return OfElf(Half(image, 18));
        if (!Is(image, 0, "MZ"u8) || image.Length < 0x40) return ImageMachine.Unknown;
        var signature = BinaryPrimitives.ReadUInt32LittleEndian(image[0x3C..]);
        return signature < Size && Is(image, (int)signature, "PE\0\0"u8) ? OfPe(Half(image, (int)signature + 4)) : ImageMachine.Unknown;
    }

    private static ImageMachine OfPe(int machine) => machine switch
    {
        0x14C or 0x8664 => ImageMachine.X86,
        0x1C0 or 0x1C2 or 0x1C4 => ImageMachine.Arm32,
        0xAA64 => ImageMachine.Arm64,
        0 => ImageMachine.Unknown,
        _ => ImageMachine.Other,
    };

    private static ImageMachine OfElf(int machine) => machine switch
    {
        3 or 62 => ImageMachine.X86,
        40 => ImageMachine.Arm32,
        183 => ImageMachine.Arm64,
        _ => ImageMachine.Other,
    };

    private static int Half(ReadOnlySpan<byte> image, int at) => at + 2 <= image.Length ? BinaryPrimitives.ReadUInt16LittleEndian(image[at..]) : 0;

    private static bool Is(ReadOnlySpan<byte> image, int at, ReadOnlySpan<byte> mark) => image.Length >= at + mark.Length && image[at..].StartsWith(mark);
}
