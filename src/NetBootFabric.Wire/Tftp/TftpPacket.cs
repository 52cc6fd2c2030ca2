using System.Buffers.Binary;

namespace NetBootFabric.Wire.Tftp;

/// <summary>
/// A view of one TFTP packet (RFC 1350 §5, options per RFC 2347): the payload of the UDP datagram. Holds no copy: the octets must stay
/// unchanged while the view is used. A property that the opcode does not have is zero or empty.
/// </summary>
public readonly ref struct TftpPacket
{
    public const ushort ServerPort = 69;
    /// <summary>4 = 2 opcode + 2 block number, before the data.</summary>
    public const int DataHeader = 4;
    /// <summary>RFC 2347: "The maximum size of a request packet".</summary>
    public const int LongestRequest = 512;
    public const int LongestFileName = 255;

    private readonly ushort _number;

    internal TftpPacket(TftpOpcode opcode, ushort number = 0, ReadOnlySpan<byte> data = default)
    {
        Opcode = opcode;
        _number = number;
        Data = data;
    }

    /// <summary>Checks the whole packet. Never throws.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out TftpPacket packet, out TftpRefusal refusal)
    {
        packet = default;
        if (bytes.Length < 2)
        {
            refusal = TftpRefusal.TooShort;
            return false;
        }
        var opcode = (TftpOpcode)BinaryPrimitives.ReadUInt16BigEndian(bytes);
        refusal = opcode switch
        {
            TftpOpcode.ReadRequest or TftpOpcode.WriteRequest => TftpRequestParser.ParseRequest(opcode, bytes, out packet),
            TftpOpcode.OptionAck => TftpRequestParser.ParseOptionAck(bytes, out packet),
            TftpOpcode.Data or TftpOpcode.Ack or TftpOpcode.Error => ParseNumbered(opcode, bytes, out packet),
            _ => TftpRefusal.UnknownOpcode,
        };
        return refusal == TftpRefusal.None;
    }

    public TftpOpcode Opcode { get; }

    /// <summary>DATA and ACK: the block number, which rolls over to 0 behind 65535.</summary>
    public ushort Block => Opcode is TftpOpcode.Data or TftpOpcode.Ack ? _number : (ushort)0;

    /// <summary>DATA: the octets of the file. ERROR: the message up to its NUL.</summary>
    public ReadOnlySpan<byte> Data { get; }

    /// <summary>ERROR.</summary>
    public TftpErrorCode ErrorCode => Opcode == TftpOpcode.Error ? (TftpErrorCode)_number : TftpErrorCode.NotDefined;

    /// <summary>RRQ and WRQ: UTF-8 without control characters, as it was sent; paths are not resolved here.</summary>
    public ReadOnlySpan<byte> FileName { get; internal init; }

    /// <summary>RRQ and WRQ.</summary>
    public TftpMode Mode { get; internal init; }

    /// <summary>RRQ, WRQ and OACK.</summary>
    public TftpOptionList Options { get; internal init; }

    /// <summary>
    /// Octets behind an ACK are passed over. An ERROR may lack its message's NUL, or the message: refusing it would keep a transfer alive
    /// that the client has given up.
    /// </summary>
    private static TftpRefusal ParseNumbered(TftpOpcode opcode, ReadOnlySpan<byte> bytes, out TftpPacket packet)
    {
        packet = default;
        if (bytes.Length < DataHeader) return TftpRefusal.TooShort;
        var rest = bytes[DataHeader..];
        if (opcode == TftpOpcode.Ack) rest = default;
        if (opcode == TftpOpcode.Error && rest.IndexOf((byte)0) is >= 0 and var nul) rest = rest[..nul];
        packet = new TftpPacket(opcode, BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]), rest);
        return TftpRefusal.None;
    }
}
