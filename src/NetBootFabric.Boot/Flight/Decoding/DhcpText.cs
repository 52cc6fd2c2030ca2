using System.Globalization;
using System.Text;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Boot.Flight.Decoding;

internal static class DhcpText
{
    public static PacketText Of(ReadOnlySpan<byte> octets)
    {
        if (!DhcpPacket.TryParse(octets, new byte[octets.Length], out var packet, out var refusal)) return PacketText.Unreadable("DHCP", refusal.ToString(), octets);
        return new PacketText(packet.Op == DhcpOp.Request ? Question(packet) : Answer(packet), Details(packet));
    }

    private static string Question(in DhcpPacket packet)
    {
        var line = new StringBuilder(Type(packet));
        if (packet.TryGet(DhcpOptions.RequestedAddress, out var wanted)) line.Append($" of {wanted}");
        if (!packet.Ciaddr.IsAny) line.Append($" from {packet.Ciaddr}");
        if (packet.TryGet(DhcpOptions.ServerIdentifier, out var server)) line.Append($" to server {server}");
        if (!packet.Giaddr.IsAny) line.Append($" by relay {packet.Giaddr}");
        if (packet.TryGet(DhcpOptions.ClientArchitecture, out var architectures)) line.Append($", {Name(architectures.First)}");
        if (packet.TryGet(DhcpOptions.VendorClass, out var vendor)) line.Append($", {Plain.Quoted(vendor)}");
        if (packet.TryGet(DhcpOptions.UserClass, out var user)) line.Append($", user class {DhcpOptionText.UserClasses(user)}");
        if (packet.TryGet(DhcpOptions.Message, out var why)) line.Append($", {Plain.Quoted(why)}");
        return line.ToString();
    }

    private static string Answer(in DhcpPacket packet)
    {
        var line = new StringBuilder(Type(packet));
        if (!packet.Yiaddr.IsAny) line.Append($" of {packet.Yiaddr}");
        if (packet.TryGet(DhcpOptions.LeaseTime, out var seconds)) line.Append(CultureInfo.InvariantCulture, $" for {seconds} s");
        if (packet.TryGet(DhcpOptions.ServerIdentifier, out var server)) line.Append($" by {server}");
        if (BootFile(packet) is { IsEmpty: false } file) line.Append($", boot {Plain.Quoted(file)}");
        if (!packet.Siaddr.IsAny) line.Append($" from {packet.Siaddr}");
        if (packet.TryGet(DhcpOptions.Message, out var why)) line.Append($", {Plain.Quoted(why)}");
        return line.ToString();
    }

    private static ReadOnlySpan<byte> BootFile(in DhcpPacket packet) => packet.TryGet(DhcpOptions.BootFileName, out var file) ? file : packet.File;

    private static List<string> Details(in DhcpPacket packet)
    {
        var lines = new List<string> { string.Create(CultureInfo.InvariantCulture, $"xid 0x{packet.Xid:x8}, secs {packet.Secs}, hops {packet.Hops}, {(packet.WantsBroadcast ? "broadcast" : "unicast")} wanted, chaddr {Plain.Hex(packet.HasMacAddress ? packet.ChaddrField[..MacAddress.Size] : packet.ChaddrField)}") };
        if (!packet.Sname.IsEmpty) lines.Add($"sname {Plain.Quoted(packet.Sname)}");
        if (!packet.File.IsEmpty) lines.Add($"file {Plain.Quoted(packet.File)}");
        foreach (var option in packet.Options) lines.Add(DhcpOptionText.Of(option.Code, option.Value));
        return lines;
    }

    private static string Type(in DhcpPacket packet) => packet.MessageType switch
    {
        DhcpMessageType.None => packet.Op == DhcpOp.Request ? "BOOTP request" : "BOOTP reply",
        <= DhcpMessageType.Inform => packet.MessageType.ToString().ToUpperInvariant(),
        _ => string.Create(CultureInfo.InvariantCulture, $"message type {(int)packet.MessageType}"),
    };

    private static string Name(ClientArchitecture architecture) =>
        Enum.IsDefined(architecture) ? architecture.ToString() : string.Create(CultureInfo.InvariantCulture, $"architecture {(int)architecture}");
}
