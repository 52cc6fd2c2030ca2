using System.Net;
using System.Net.Sockets;

namespace NetBootFabric.Import.Values;

internal static class AddressText
{
    /// <summary>Four decimal numbers and nothing else; <c>10.1</c> or <c>0x0a000001</c> are none here.</summary>
    public static bool IsIpv4(string text)
    {
        var parts = text.Split('.');
        return parts.Length == 4 && parts.All(part => part.Length is >= 1 and <= 3 && part.All(char.IsAsciiDigit) && (part.Length == 1 || part[0] != '0') && int.Parse(part, System.Globalization.CultureInfo.InvariantCulture) <= 255);
    }

    public static bool IsIpv6(string text) =>
        text.Contains(':', StringComparison.Ordinal) && IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6;
}
