using System.Text;

namespace NetBootFabric.Wire.Tftp;

/// <summary>RRQ, WRQ and OACK: strings that end with NUL.</summary>
internal static class TftpRequestParser
{
    private const int OpcodeSize = 2;

    public static TftpRefusal ParseRequest(TftpOpcode opcode, ReadOnlySpan<byte> bytes, out TftpPacket packet)
    {
        packet = default;
        if (bytes.Length > TftpPacket.LongestRequest) return TftpRefusal.TooLong;
        var rest = bytes[OpcodeSize..];
        if (!TryTakeString(ref rest, out var fileName)) return TftpRefusal.Unterminated;
        var refusal = CheckFileName(fileName);
        if (refusal != TftpRefusal.None) return refusal;
        if (!TryTakeString(ref rest, out var modeName)) return TftpRefusal.Unterminated;
        var mode = ReadMode(modeName);
        if (mode == TftpMode.None) return TftpRefusal.UnknownMode;
        refusal = CheckOptions(rest);
        packet = new TftpPacket(opcode) { FileName = fileName, Mode = mode, Options = new TftpOptionList(rest) };
        return refusal;
    }

    public static TftpRefusal ParseOptionAck(ReadOnlySpan<byte> bytes, out TftpPacket packet)
    {
        packet = default;
        if (bytes.Length > TftpPacket.LongestRequest) return TftpRefusal.TooLong;
        var rest = bytes[OpcodeSize..];
        packet = new TftpPacket(TftpOpcode.OptionAck) { Options = new TftpOptionList(rest) };
        return CheckOptions(rest);
    }

    /// <summary>The octets up to the next NUL; false when there is none.</summary>
    public static bool TryTakeString(scoped ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> text)
    {
        text = default;
        var nul = rest.IndexOf((byte)0);
        if (nul < 0) return false;
        text = rest[..nul];
        rest = rest[(nul + 1)..];
        return true;
    }

    private static TftpRefusal CheckFileName(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty) return TftpRefusal.EmptyFileName;
        if (name.Length > TftpPacket.LongestFileName) return TftpRefusal.FileNameTooLong;
        var hasControl = name.ContainsAnyInRange((byte)0x00, (byte)0x1F) || name.Contains((byte)0x7F);
        return hasControl ? TftpRefusal.BadFileName : TftpRefusal.None; // octets that are no UTF-8: a name like another, that nothing has
    }

    private static TftpMode ReadMode(ReadOnlySpan<byte> name) =>
        Ascii.EqualsIgnoreCase(name, "octet"u8) ? TftpMode.Octet
        : Ascii.EqualsIgnoreCase(name, "netascii"u8) ? TftpMode.Netascii
        : Ascii.EqualsIgnoreCase(name, "mail"u8) ? TftpMode.Mail
        : TftpMode.None;

    /// <summary>Some firmware pads requests with NULs: a tail of nothing else is passed over.</summary>
    private static TftpRefusal CheckOptions(ReadOnlySpan<byte> area)
    {
        var rest = area;
        while (rest.ContainsAnyExcept((byte)0))
        {
            var before = area[..^rest.Length];
            if (!TryTakeString(ref rest, out var name)) return TftpRefusal.Unterminated;
            if (name.IsEmpty || rest.IsEmpty) return TftpRefusal.BadOption;
            if (!TryTakeString(ref rest, out _)) return TftpRefusal.Unterminated;
            if (new TftpOptionList(before).TryGet(name, out _)) return TftpRefusal.RepeatedOption;
        }
        return TftpRefusal.None;
    }
}
