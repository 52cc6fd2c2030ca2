using System.Globalization;
using System.Net;
using NetBootFabric.Wire;

namespace NetBootFabric.Node.Configuration;

internal sealed partial class Values
{
    private static bool TryParseBoolean(string text, out bool value)
    {
        value = text == "true";
        return text is "true" or "false";
    }

    private static bool TryParsePort(string text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is >= 1 and <= 65535;

    /// <summary>An IPv4 address, or an IPv6 address in brackets, then a colon and a port.</summary>
    private static bool TryParseListener(string text, out Listener listener)
    {
        listener = default;
        var colon = text.LastIndexOf(':');
        if (colon < 0 || !TryParsePort(text[(colon + 1)..], out var port)) return false;
        var host = text[..colon];
        var isBracketed = host.StartsWith('[') && host.EndsWith(']');
        if (!isBracketed && !Ipv4Address.TryParse(host, out _)) return false;
        if (!IPAddress.TryParse(isBracketed ? host[1..^1] : host, out var address)) return false;
        listener = new Listener(address, port);
        return true;
    }

    internal static bool TryParseDuration(string text, out TimeSpan duration)
    {
        duration = default;
        var digits = text.TakeWhile(char.IsAsciiDigit).Count();
        if (!int.TryParse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return false;
        var unit = text[digits..] switch
        {
            "ms" => TimeSpan.FromMilliseconds(1),
            "s" => TimeSpan.FromSeconds(1),
            "m" => TimeSpan.FromMinutes(1),
            "h" => TimeSpan.FromHours(1),
            "d" => TimeSpan.FromDays(1),
            _ => TimeSpan.Zero,
        };
        if (unit == TimeSpan.Zero || number > TimeSpan.MaxValue / unit) return false;
        duration = number * unit;
        return true;
    }

    private static string Written(TimeSpan bound) =>
        bound.TotalSeconds < 1 ? $"{bound.TotalMilliseconds}ms" : bound.TotalDays < 1 ? $"{bound.TotalSeconds}s" : $"{bound.TotalDays}d";

    /// <summary>The network that an address with a prefix length was meant to name.</summary>
    private static string? NetworkMeant(string text)
    {
        var parts = text.Split('/');
        if (parts.Length != 2 || !Ipv4Address.TryParse(parts[0], out var address)) return null;
        if (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length is < 8 or > 30) return null;
        return new Ipv4Network(new Ipv4Address(address.Value & (uint.MaxValue << (32 - length))), length).ToString();
    }
}
