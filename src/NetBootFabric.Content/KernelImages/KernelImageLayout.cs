namespace NetBootFabric.Content.KernelImages;

/// <summary>
/// Where the parts of a unified kernel image lie: the stub with its new headers, then .osrel, .cmdline, .linux and .initrd.
/// It depends on the stub and on the lengths alone, so that it is the same for every client of a profile.
/// </summary>
internal sealed class KernelImageLayout
{
    /// <summary>Of the .cmdline section, in octets, whatever the client's line is: the image's length stays.</summary>
    public const int CommandLineSize = 1024;

    private const uint PageSize = 4096;
    private const uint ReadableData = 0x4000_0040; // IMAGE_SCN_MEM_READ | IMAGE_SCN_CNT_INITIALIZED_DATA
    private static readonly byte[] OsRelease = "ID=netboot-fabric\nNAME=\"NetBoot Fabric\"\nPRETTY_NAME=\"NetBoot Fabric\"\n"u8.ToArray();

    private KernelImageLayout(byte[] head) => Head = head;

    /// <summary>Everything before the command line: headers, the stub's sections, .osrel.</summary>
    public byte[] Head { get; private set; }

    public long CommandLineOffset { get; private set; }
    public long KernelOffset { get; private set; }
    public long InitrdOffset { get; private set; }
    public long Length { get; private set; }

    /// <summary>Null: <paramref name="stub"/> is no EFI program, or the image would not fit in 32-bit offsets.</summary>
    public static KernelImageLayout? Create(ReadOnlySpan<byte> stub, long kernelLength, long initrdLength)
    {
        var copy = stub.ToArray();
        if (!PeHeader.TryRead(copy, out var header) || !header.IsPlausible || kernelLength + initrdLength > int.MaxValue) return null;
        return FirstRawOffset(header, stub.Length) is { } first ? Build(copy, header, first, kernelLength, initrdLength) : null;
    }

    private static KernelImageLayout? Build(byte[] stub, PeHeader old, uint firstRaw, long kernelLength, long initrdLength)
    {
        var file = Math.Max(512, old.FileAlignment);
        var added = initrdLength > 0 ? 4 : 3;
        var headersEnd = (uint)(old.SectionTable + (old.Sections + added) * PeHeader.SectionEntrySize);
        // Where the section table has no room to grow, all that follows moves down.
        var shift = headersEnd <= firstRaw ? 0 : Align(headersEnd, file) - firstRaw;
        var osRelease = Align((uint)stub.Length + shift, file);
        var head = new byte[osRelease + Align((uint)OsRelease.Length, file)];
        stub.AsSpan(0, (int)firstRaw).CopyTo(head);
        stub.AsSpan((int)firstRaw).CopyTo(head.AsSpan((int)(firstRaw + shift)));
        OsRelease.CopyTo(head.AsSpan((int)osRelease));
        PeHeader.TryRead(head, out var header);
        if (!MoveSections(header, shift, firstRaw + shift)) return null;
        header.ClearStale();
        return new KernelImageLayout(head).AddSections(header, osRelease, kernelLength, initrdLength);
    }

    private KernelImageLayout AddSections(PeHeader header, uint osRelease, long kernelLength, long initrdLength)
    {
        Add(header, ".osrel"u8, osRelease, OsRelease.Length);
        CommandLineOffset = Head.Length;
        KernelOffset = Add(header, ".cmdline"u8, CommandLineOffset, CommandLineSize);
        InitrdOffset = Add(header, ".linux"u8, KernelOffset, kernelLength);
        Length = initrdLength > 0 ? Add(header, ".initrd"u8, InitrdOffset, initrdLength) : InitrdOffset;
        return this;
    }

    // Behind all others in memory and in the file. The result is where the next one starts in the file.
    private static long Add(PeHeader header, ReadOnlySpan<byte> name, long rawOffset, long length)
    {
        var memory = Math.Max(PageSize, header.SectionAlignment);
        var section = header[header.Sections];
        var rawSize = Align((uint)length, Math.Max(512, header.FileAlignment));
        section.SetName(name);
        section.VirtualAddress = Align(header.ImageSize, memory);
        section.VirtualSize = (uint)length;
        section.RawOffset = (uint)rawOffset;
        section.RawSize = rawSize;
        section.Characteristics = ReadableData;
        header.Sections++;
        header.ImageSize = Align(section.VirtualAddress + (uint)length, memory);
        header.InitializedData += rawSize;
        return rawOffset + rawSize;
    }

    private static bool MoveSections(PeHeader header, uint shift, uint headersSize)
    {
        for (var i = 0; i < header.Sections; i++)
        {
            var section = header[i];
            if (section.RawOffset != 0) section.RawOffset += shift;
            if (section.VirtualAddress < headersSize) return false; // the headers are in memory too, before the first section
        }
        header.HeadersSize = Math.Max(header.HeadersSize, headersSize);
        return true;
    }

    private static uint? FirstRawOffset(PeHeader header, int length)
    {
        var tableEnd = header.SectionTable + header.Sections * PeHeader.SectionEntrySize;
        if (tableEnd > length) return null;
        var first = uint.MaxValue;
        for (var i = 0; i < header.Sections; i++)
        {
            if (header[i].RawSize > 0) first = Math.Min(first, header[i].RawOffset);
        }
        return first >= tableEnd && first <= length ? first : null;
    }

    private static uint Align(uint value, uint to) => (value + to - 1) / to * to;
}
