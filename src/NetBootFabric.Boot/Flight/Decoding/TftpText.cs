using System.Globalization;
using System.Text;
using NetBootFabric.Wire.Tftp;

namespace NetBootFabric.Boot.Flight.Decoding;

internal static class TftpText
{
    /// <param name="length">Of the whole packet: of DATA only the header is remembered.</param>
    public static PacketText Of(ReadOnlySpan<byte> octets, int length)
    {
        if (!TftpPacket.TryParse(octets, out var packet, out var refusal)) return PacketText.Unreadable("TFTP", refusal.ToString(), octets);
        return new PacketText(packet.Opcode switch
        {
            TftpOpcode.ReadRequest => $"RRQ {Plain.Quoted(packet.FileName)} {Name(packet.Mode)}{Options(packet.Options)}",
            TftpOpcode.WriteRequest => $"WRQ {Plain.Quoted(packet.FileName)} {Name(packet.Mode)}{Options(packet.Options)}",
            TftpOpcode.OptionAck => $"OACK{Options(packet.Options)}",
            TftpOpcode.Data => string.Create(CultureInfo.InvariantCulture, $"DATA block {packet.Block}, {length - TftpPacket.DataHeader} octets"),
            TftpOpcode.Ack => string.Create(CultureInfo.InvariantCulture, $"ACK block {packet.Block}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"ERROR {(int)packet.ErrorCode} {Plain.Quoted(packet.Data)}"),
        });
    }

    private static string Name(TftpMode mode) => mode.ToString().ToLowerInvariant();

    private static string Options(TftpOptionList options)
    {
        var text = new StringBuilder();
        foreach (var option in options) text.Append(' ').Append(Plain.Text(option.Name)).Append('=').Append(Plain.Text(option.Value));
        return text.ToString();
    }
}
