using System.Globalization;
using System.Text;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Node.Catalog;

/// <summary>
/// An option as operators write it: <c>ntp-servers: 10.77.0.1</c>, <c>150!: 10.77.0.9</c> (always, asked for or not), <c>224: "text:abc"</c>. The key is IANA's name or the number; the value is
/// typed by the option, or by a word before it: text, hex, ip, u8, u16, u32, flag.
/// </summary>
internal static class OptionWords
{
    private const int Longest = byte.MaxValue;

    /// <summary>False: <paramref name="problem"/> and <paramref name="remedy"/> say what is wrong with it.</summary>
    public static bool TryRead(string key, string value, out GivenOption option, out string problem, out string remedy)
    {
        (option, problem, remedy) = (null!, "", "");
        var always = key.EndsWith('!');
        var name = always ? key[..^1] : key;
        if (!TryFind(name, out var code, out var kind))
            (problem, remedy) = ($"'{name}' is no DHCP option", Boot.Naming.Nearest.Of(name, DhcpOptionNames.All) is { } near ? $"write {near}, or its number" : "write IANA's name or the number, 1 to 254");
        else if (DhcpOptionNames.IsTheServersOwn(code)) (problem, remedy) = ($"option {code} is the server's own", "leave it out");
        else if (Encode(value, kind) is not { Length: <= Longest } octets) (problem, remedy) = ($"'{value}' is no value of option {name}", $"write {Example(kind)}");
        else option = new GivenOption(code, octets, always);
        return problem.Length == 0;
    }

    private static bool TryFind(string name, out byte code, out DhcpValueKind? kind)
    {
        var known = byte.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out code) ? DhcpOptionNames.Find(code) : DhcpOptionNames.Find(name);
        kind = known?.Kind;
        if (known is not null) code = known.Code;
        return known is not null || code is > 0 and < 255;
    }

    /// <summary>Null: it is none.</summary>
    private static byte[]? Encode(string value, DhcpValueKind? kind)
    {
        var colon = value.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && KindOf(value[..colon]) is { } typed) (kind, value) = (typed, value[(colon + 1)..]);
        return kind switch
        {
            DhcpValueKind.Text when value.Length > 0 && value.All(c => c is >= ' ' and < '\x7f') => Encoding.ASCII.GetBytes(value),
            DhcpValueKind.Octets => Hex(value),
            DhcpValueKind.Address => Addresses(value) is { Length: Ipv4Address.Size } one ? one : null,
            DhcpValueKind.Addresses => Addresses(value),
            DhcpValueKind.Byte or DhcpValueKind.UInt16 or DhcpValueKind.UInt32 => Number(value, kind.Value),
            DhcpValueKind.Flag => value switch { "true" or "1" => [1], "false" or "0" => [0], _ => null },
            _ => null,
        };
    }

    private static DhcpValueKind? KindOf(string word) => word switch
    {
        "text" => DhcpValueKind.Text,
        "hex" => DhcpValueKind.Octets,
        "ip" => DhcpValueKind.Addresses,
        "u8" => DhcpValueKind.Byte,
        "u16" => DhcpValueKind.UInt16,
        "u32" => DhcpValueKind.UInt32,
        "flag" => DhcpValueKind.Flag,
        _ => null,
    };

    private static byte[]? Hex(string value)
    {
        var digits = value.Replace(":", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        return digits.Length is > 0 and <= 2 * Longest && digits.Length % 2 == 0 && digits.All(char.IsAsciiHexDigit) ? Convert.FromHexString(digits) : null;
    }

    private static byte[]? Addresses(string value)
    {
        var words = value.Split((char[])[',', ' '], StringSplitOptions.RemoveEmptyEntries);
        var octets = new byte[words.Length * Ipv4Address.Size];
        for (var i = 0; i < words.Length; i++)
        {
            if (!Ipv4Address.TryParse(words[i], out var address)) return null;
            address.Write(octets.AsSpan(i * Ipv4Address.Size));
        }
        return octets.Length == 0 ? null : octets;
    }

    private static byte[]? Number(string value, DhcpValueKind kind)
    {
        var size = kind switch { DhcpValueKind.Byte => 1, DhcpValueKind.UInt16 => 2, _ => 4 };
        if (!uint.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || (size < 4 && number >> (8 * size) != 0)) return null;
        var octets = new byte[4];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(octets, number);
        return octets[(4 - size)..];
    }

    private static string Example(DhcpValueKind? kind) => kind switch
    {
        DhcpValueKind.Text => "printable ASCII, at most 255 characters",
        DhcpValueKind.Octets => "octets in hexadecimal, like 0104deadbeef",
        DhcpValueKind.Address => "an address, like 10.77.0.1",
        DhcpValueKind.Addresses => "addresses, like 10.77.0.1 or \"10.77.0.1, 10.77.0.2\"",
        DhcpValueKind.Byte or DhcpValueKind.UInt16 or DhcpValueKind.UInt32 => "a number that fits",
        DhcpValueKind.Flag => "true or false",
        _ => "its type before it: text:, hex:, ip:, u8:, u16:, u32: or flag:",
    };
}
