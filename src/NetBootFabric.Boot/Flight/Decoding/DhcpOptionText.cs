using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Boot.Flight.Decoding;

/// <summary>One option as a line: code, name, value. What is not known by name, or not shaped as its name says, stands in hexadecimal.</summary>
internal static class DhcpOptionText
{
    private enum Shape { Octets, Text, Addresses, Number, Type, Codes, Architectures, Uuid, ClientIdentifier, UserClasses, Pxe, Ipxe, Relay }

    private static readonly Dictionary<byte, (string Name, Shape Shape)> Known = new()
    {
        [1] = ("subnet mask", Shape.Addresses),
        [3] = ("routers", Shape.Addresses),
        [6] = ("DNS servers", Shape.Addresses),
        [12] = ("host name", Shape.Text),
        [13] = ("boot file size", Shape.Number),
        [15] = ("domain name", Shape.Text),
        [17] = ("root path", Shape.Text),
        [26] = ("MTU", Shape.Number),
        [28] = ("broadcast address", Shape.Addresses),
        [42] = ("NTP servers", Shape.Addresses),
        [43] = ("vendor specific", Shape.Pxe),
        [50] = ("requested address", Shape.Addresses),
        [51] = ("lease time", Shape.Number),
        [52] = ("overload", Shape.Number),
        [53] = ("message type", Shape.Type),
        [54] = ("server identifier", Shape.Addresses),
        [55] = ("asks for", Shape.Codes),
        [56] = ("message", Shape.Text),
        [57] = ("maximum message size", Shape.Number),
        [58] = ("renewal time", Shape.Number),
        [59] = ("rebinding time", Shape.Number),
        [60] = ("vendor class", Shape.Text),
        [61] = ("client identifier", Shape.ClientIdentifier),
        [66] = ("TFTP server name", Shape.Text),
        [67] = ("boot file name", Shape.Text),
        [77] = ("user class", Shape.UserClasses),
        [80] = ("rapid commit", Shape.Octets),
        [81] = ("client FQDN", Shape.Octets),
        [82] = ("relay agent", Shape.Relay),
        [93] = ("architecture", Shape.Architectures),
        [94] = ("network interface", Shape.Octets),
        [97] = ("machine UUID", Shape.Uuid),
        [150] = ("TFTP servers", Shape.Addresses),
        [175] = ("iPXE", Shape.Ipxe),
        [209] = ("PXELINUX configuration", Shape.Text),
        [210] = ("PXELINUX path prefix", Shape.Text),
        [211] = ("PXELINUX reboot time", Shape.Number),
    };

    public static string Of(byte code, ReadOnlySpan<byte> value)
    {
        var (name, shape) = Known.GetValueOrDefault(code, ("option", Shape.Octets));
        return string.Create(CultureInfo.InvariantCulture, $"{code} {name}: {Value(shape, value) ?? Plain.Hex(value)}").TrimEnd();
    }

    public static string UserClasses(UserClassList classes)
    {
        var text = new StringBuilder();
        foreach (var name in classes) text.Append(text.Length > 0 ? ", " : "").Append(Plain.Quoted(name));
        return text.ToString();
    }

    /// <summary>Null: not of that shape.</summary>
    private static string? Value(Shape shape, ReadOnlySpan<byte> value) => shape switch
    {
        Shape.Text => Plain.Quoted(value.TrimEnd((byte)0)),
        Shape.Addresses => Addresses(value),
        Shape.Number => Number(value),
        Shape.Type when value.Length == 1 => $"{value[0]} {(Enum.IsDefined((DhcpMessageType)value[0]) ? ((DhcpMessageType)value[0]).ToString().ToUpperInvariant() : "unknown")}",
        Shape.Codes => string.Join(' ', value.ToArray()),
        Shape.Architectures => Architectures(value),
        Shape.Uuid when value.Length == 17 => new Guid(value[1..]).ToString(),
        Shape.ClientIdentifier when value.Length == 7 && value[0] == 1 => $"{MacAddress.Read(value[1..])} (Ethernet)",
        Shape.UserClasses => UserClasses(new UserClassList(value)),
        Shape.Pxe => Inside(DhcpOptions.VendorSpecific, value, PxeName),
        Shape.Ipxe => Inside(DhcpOptions.Ipxe, value, IpxeName),
        Shape.Relay => Inside(DhcpOptions.RelayAgentInformation, value, RelayName),
        _ => null,
    };

    private static string? Number(ReadOnlySpan<byte> value) => value.Length switch
    {
        1 => value[0].ToString(CultureInfo.InvariantCulture),
        2 => BinaryPrimitives.ReadUInt16BigEndian(value).ToString(CultureInfo.InvariantCulture),
        4 => BinaryPrimitives.ReadUInt32BigEndian(value).ToString(CultureInfo.InvariantCulture),
        _ => null,
    };

    private static string? Addresses(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty || value.Length % Ipv4Address.Size != 0) return null;
        var list = new List<string>();
        for (; !value.IsEmpty; value = value[Ipv4Address.Size..]) list.Add(Ipv4Address.Read(value).ToString());
        return string.Join(' ', list);
    }

    private static string? Architectures(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty || value.Length % 2 != 0) return null;
        var list = new List<string>();
        for (; !value.IsEmpty; value = value[2..])
        {
            var number = BinaryPrimitives.ReadUInt16BigEndian(value);
            list.Add(string.Create(CultureInfo.InvariantCulture, $"{number}{(Enum.IsDefined((ClientArchitecture)number) ? $" {(ClientArchitecture)number}" : "")}"));
        }
        return string.Join(' ', list);
    }

    private static string? Inside(EncapsulatedOption kind, ReadOnlySpan<byte> value, Func<byte, string> name)
    {
        if (!kind.TryRead(value, out var options)) return null;
        var text = new StringBuilder();
        foreach (var option in options)
        {
            text.Append(text.Length > 0 ? ", " : "").Append(CultureInfo.InvariantCulture, $"{option.Code}{name(option.Code)}=");
            // Scripts and names are worth reading; numbers and addresses are not text by accident.
            var isText = option.Value.Length > 4 && !option.Value.ContainsAnyExceptInRange((byte)0x20, (byte)0x7E);
            text.Append(isText ? Plain.Quoted(option.Value) : Plain.Hex(option.Value, most: 32));
        }
        return text.ToString();
    }

    private static string PxeName(byte code) => code switch { 6 => " discovery control", 8 => " boot servers", 9 => " boot menu", 10 => " menu prompt", 71 => " boot item", _ => "" };

    private static string IpxeName(byte code) => code switch { 19 => " HTTP", 20 => " HTTPS", 81 => " scriptlet", 176 => " no PXE DHCP", 235 => " version", _ => "" };

    private static string RelayName(byte code) => code switch { 1 => " circuit id", 2 => " remote id", 5 => " link selection", 6 => " subscriber id", 10 => " flags", 11 => " server override", _ => "" };
}
