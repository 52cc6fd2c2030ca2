using System.Text;
using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Dhcp;

/// <summary>From an answer to the octets of its message (RFC 2131 table 3).</summary>
public static class ReplyWriter
{
    /// <summary>RFC 2132 §9.10: what every client takes.</summary>
    private const int SmallestDatagram = 576;

    /// <summary>An Ethernet frame's: larger ones would be fragmented, which firmware can't put together.</summary>
    private const int LargestDatagram = 1500;

    /// <summary>28 = 20 IPv4 + 8 UDP: option 57 counts them.</summary>
    private const int Headers = 28;

    /// <summary>127 = 128 of the field - 1 NUL.</summary>
    private const int LongestFile = 127;

    /// <summary>63 = 64 of the field - 1 NUL.</summary>
    private const int LongestName = 63;

    /// <summary>Octets that a buffer must have for any message.</summary>
    public const int LargestMessage = LargestDatagram - Headers;

    /// <summary>
    /// False when what can't be left out does not fit. Options that find no room are left out, the last ones first to suffer.
    /// </summary>
    /// <param name="buffer">Of <see cref="LargestMessage"/> octets.</param>
    public static bool TryWrite(DhcpAnswer answer, Span<byte> buffer, out int length)
    {
        length = 0;
        var inquiry = answer.Inquiry;
        var limit = Math.Clamp((int)inquiry.MaximumMessageSize, SmallestDatagram, LargestDatagram) - Headers;
        var writer = new DhcpWriter(buffer, DhcpOp.Reply, limit)
        {
            Chaddr = inquiry.Client,
            Xid = inquiry.TransactionId,
            Flags = FlagsOf(answer),
            Ciaddr = answer.ClientAddress,
            Yiaddr = answer.YourAddress,
            Siaddr = answer.NextServer,
            Giaddr = inquiry.RelayAddress,
        };
        writer.EchoRelayInformation(inquiry.RelayInformation.Span);
        if (!TryAddNames(ref writer, answer)) return false;
        foreach (var option in answer.Options) writer.TryAddOctets(option.Code, option.Value.Span);
        return writer.TryFinish(out length);
    }

    /// <summary>A relayed NAK is to be broadcast: the client's address is wrong (RFC 2131 §4.3.2).</summary>
    private static ushort FlagsOf(DhcpAnswer answer)
    {
        var broadcast = answer.Inquiry.BroadcastFlag || (answer.Type == DhcpMessageType.Nak && answer.Inquiry.IsRelayed);
        return broadcast ? DhcpPacket.BroadcastFlag : (ushort)0;
    }

    /// <summary>One option 67 has 255 octets; firmware does not join several.</summary>
    private static bool TryAddNames(ref DhcpWriter writer, DhcpAnswer answer)
    {
        Span<byte> file = stackalloc byte[byte.MaxValue];
        Span<byte> name = stackalloc byte[LongestName];
        if (!Encoding.ASCII.TryGetBytes(answer.BootFile, file, out var fileLength)) return false;
        if (!Encoding.ASCII.TryGetBytes(answer.ServerName, name, out var nameLength)) return false;
        if (fileLength is > 0 and <= LongestFile) writer.SetFile(file[..fileLength]);
        if (nameLength > 0) writer.SetSname(name[..nameLength]);
        writer.Add(DhcpOptions.MessageType, answer.Type);
        if (fileLength > LongestFile) writer.AddOctets(DhcpOptions.BootFileName.Code, file[..fileLength]);
        return true;
    }
}
