using System.Buffers.Binary;
using System.Globalization;

namespace NetBootFabric.Wire.Tftp;

/// <summary>
/// Writes TFTP packets into the caller's buffer. Packets without options are one call; RRQ, WRQ and OACK are begun, given options, and
/// ended with <see cref="TryFinish"/>, which is false when something did not fit. Never throws.
/// </summary>
public ref struct TftpWriter
{
    private readonly Span<byte> _buffer;
    private int _length;
    private bool _failed;

    private TftpWriter(Span<byte> buffer, TftpOpcode opcode)
    {
        _buffer = buffer[..Math.Min(buffer.Length, TftpPacket.LongestRequest)];
        _failed = buffer.Length < sizeof(ushort);
        if (_failed) return;
        BinaryPrimitives.WriteUInt16BigEndian(buffer, (ushort)opcode);
        _length = sizeof(ushort);
    }

    /// <summary>RRQ (RFC 1350 §5).</summary>
    public static TftpWriter ReadRequest(Span<byte> buffer, scoped ReadOnlySpan<byte> fileName, TftpMode mode = TftpMode.Octet) =>
        Request(buffer, TftpOpcode.ReadRequest, fileName, mode);

    /// <summary>WRQ (RFC 1350 §5).</summary>
    public static TftpWriter WriteRequest(Span<byte> buffer, scoped ReadOnlySpan<byte> fileName, TftpMode mode = TftpMode.Octet) =>
        Request(buffer, TftpOpcode.WriteRequest, fileName, mode);

    /// <summary>OACK (RFC 2347).</summary>
    public static TftpWriter OptionAck(Span<byte> buffer) => new(buffer, TftpOpcode.OptionAck);

    /// <summary>DATA (RFC 1350 §5) with a copy of the data.</summary>
    public static bool TryWriteData(Span<byte> buffer, ushort block, scoped ReadOnlySpan<byte> data, out int length)
    {
        length = 0;
        if (buffer.Length < TftpPacket.DataHeader + data.Length || !TryWriteDataHeader(buffer, block)) return false;
        data.CopyTo(buffer[TftpPacket.DataHeader..]);
        length = TftpPacket.DataHeader + data.Length;
        return true;
    }

    /// <summary>The four octets before data that the caller puts there itself.</summary>
    public static bool TryWriteDataHeader(Span<byte> buffer, ushort block) => TryWriteHead(buffer, TftpOpcode.Data, block);

    /// <summary>ACK (RFC 1350 §5): 4 octets.</summary>
    public static bool TryWriteAck(Span<byte> buffer, ushort block, out int length)
    {
        var written = TryWriteHead(buffer, TftpOpcode.Ack, block);
        length = written ? TftpPacket.DataHeader : 0;
        return written;
    }

    /// <summary>ERROR (RFC 1350 §5); the message goes without NULs inside.</summary>
    public static bool TryWriteError(Span<byte> buffer, TftpErrorCode code, scoped ReadOnlySpan<byte> message, out int length)
    {
        length = 0;
        var needed = TftpPacket.DataHeader + message.Length + 1; // 1 = NUL
        if (buffer.Length < needed || message.Contains((byte)0) || !TryWriteHead(buffer, TftpOpcode.Error, (ushort)code)) return false;
        message.CopyTo(buffer[TftpPacket.DataHeader..]);
        buffer[needed - 1] = 0;
        length = needed;
        return true;
    }

    /// <summary>Adds an option: name and value without NULs, the name not empty.</summary>
    public void AddOption(scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> value)
    {
        if (name.IsEmpty) _failed = true;
        AddString(name);
        AddString(value);
    }

    /// <summary>Adds an option with a decimal number.</summary>
    public void AddOption(scoped ReadOnlySpan<byte> name, ulong value)
    {
        Span<byte> digits = stackalloc byte[20]; // 2^64 - 1 has 20 digits
        value.TryFormat(digits, out var count, provider: CultureInfo.InvariantCulture);
        AddOption(name, digits[..count]);
    }

    /// <param name="length">Octets of the packet.</param>
    public readonly bool TryFinish(out int length)
    {
        length = _failed ? 0 : _length;
        return !_failed;
    }

    private static TftpWriter Request(Span<byte> buffer, TftpOpcode opcode, scoped ReadOnlySpan<byte> fileName, TftpMode mode)
    {
        var writer = new TftpWriter(buffer, opcode);
        if (fileName.IsEmpty || fileName.Length > TftpPacket.LongestFileName) writer._failed = true;
        writer.AddString(fileName);
        writer.AddString(mode switch { TftpMode.Netascii => "netascii"u8, TftpMode.Mail => "mail"u8, _ => "octet"u8 });
        return writer;
    }

    private static bool TryWriteHead(Span<byte> buffer, TftpOpcode opcode, ushort number)
    {
        if (buffer.Length < TftpPacket.DataHeader) return false;
        BinaryPrimitives.WriteUInt16BigEndian(buffer, (ushort)opcode);
        BinaryPrimitives.WriteUInt16BigEndian(buffer[2..], number);
        return true;
    }

    private void AddString(scoped ReadOnlySpan<byte> text)
    {
        if (_failed || text.Contains((byte)0) || _buffer.Length - _length < text.Length + 1)
        {
            _failed = true;
            return;
        }
        text.CopyTo(_buffer[_length..]);
        _buffer[_length + text.Length] = 0;
        _length += text.Length + 1;
    }
}
