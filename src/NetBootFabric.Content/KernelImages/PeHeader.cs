using System.Buffers.Binary;
using System.Numerics;

namespace NetBootFabric.Content.KernelImages;

/// <summary>Where the fields of a PE32+ file are that a new section touches (Microsoft's PE format, "File Headers").</summary>
internal readonly ref struct PeHeader
{
    public const ushort X64 = 0x8664;
    public const ushort Arm64 = 0xAA64;
    public const int SectionEntrySize = 40;

    private const int CoffSize = 20;
    private const int OptionalSize = 112; // up to the data directories
    private readonly Span<byte> _image;
    private readonly int _coff;

    private PeHeader(Span<byte> image, int coff)
    {
        _image = image;
        _coff = coff;
    }

    private int Optional => _coff + CoffSize;
    public ushort Machine => BinaryPrimitives.ReadUInt16LittleEndian(_image[_coff..]);
    public int SectionTable => Optional + BinaryPrimitives.ReadUInt16LittleEndian(_image[(_coff + 16)..]);
    public uint SectionAlignment => Word(Optional + 32);
    public uint FileAlignment => Word(Optional + 36);

    public ushort Sections
    {
        get => BinaryPrimitives.ReadUInt16LittleEndian(_image[(_coff + 2)..]);
        set => BinaryPrimitives.WriteUInt16LittleEndian(_image[(_coff + 2)..], value);
    }

    public uint InitializedData { get => Word(Optional + 8); set => Word(Optional + 8, value); }
    public uint ImageSize { get => Word(Optional + 56); set => Word(Optional + 56, value); }
    public uint HeadersSize { get => Word(Optional + 60); set => Word(Optional + 60, value); }

    /// <summary>False when these octets are no PE32+ header; nothing behind it is read.</summary>
    public static bool TryRead(Span<byte> image, out PeHeader header)
    {
        header = default;
        if (image.Length < 64 || !image.StartsWith("MZ"u8)) return false;
        var signature = BinaryPrimitives.ReadUInt32LittleEndian(image[60..]);
        // 4 = "PE" and two NULs
        if (signature > image.Length - (4 + CoffSize + OptionalSize) || !image[(int)signature..].StartsWith("PE\0\0"u8)) return false;
        header = new PeHeader(image, (int)signature + 4);
        return BinaryPrimitives.ReadUInt16LittleEndian(image[header.Optional..]) == 0x20b; // PE32+
    }

    public PeSection this[int index] => new(_image.Slice(SectionTable + index * SectionEntrySize, SectionEntrySize));

    /// <summary>Its fields agree with one another, so that sections can be added without looking further.</summary>
    public bool IsPlausible =>
        Sections is > 0 and <= 96 // the loader of Windows takes no more
        && SectionTable - Optional >= OptionalSize + 16 * 8 // with all sixteen data directories
        && BitOperations.IsPow2(FileAlignment) && FileAlignment <= 64 * 1024
        && BitOperations.IsPow2(SectionAlignment) && SectionAlignment <= 2 * 1024 * 1024
        && ImageSize <= 64 * 1024 * 1024;

    /// <summary>The checksum (firmware does not look), the symbol table and a signature say nothing of an image with new sections.</summary>
    public void ClearStale()
    {
        Word(Optional + 64, 0);
        _image.Slice(_coff + 8, 8).Clear();
        // The security directory is the fifth of 8 octets each.
        _image.Slice(Optional + OptionalSize + 4 * 8, 8).Clear();
    }

    private uint Word(int at) => BinaryPrimitives.ReadUInt32LittleEndian(_image[at..]);
    private void Word(int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(_image[at..], value);
}

/// <summary>One entry of 40 octets in the section table.</summary>
internal readonly ref struct PeSection(Span<byte> entry)
{
    private readonly Span<byte> _entry = entry;

    public uint VirtualSize { get => Word(8); set => Word(8, value); }
    public uint VirtualAddress { get => Word(12); set => Word(12, value); }
    public uint RawSize { get => Word(16); set => Word(16, value); }
    public uint RawOffset { get => Word(20); set => Word(20, value); }
    public uint Characteristics { get => Word(36); set => Word(36, value); }

    /// <summary>At most eight octets of ASCII, padded with NULs.</summary>
    public void SetName(ReadOnlySpan<byte> name) => name.CopyTo(_entry);

    private uint Word(int at) => BinaryPrimitives.ReadUInt32LittleEndian(_entry[at..]);
    private void Word(int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(_entry[at..], value);
}
