using System.Globalization;

namespace NetBootFabric.Power.Ipmi;

/// <summary>Host and UDP port. It goes onto a command line: nothing of it may look like an option.</summary>
internal sealed record IpmiAddress(string Host, string Port)
{
    private const string UsualPort = "623";

    /// <exception cref="BmcException">It is none.</exception>
    public static IpmiAddress Parse(string text)
    {
        var (host, port) = text.Split(':') is [var before, var after] ? (before, after) : (text.Trim('[', ']'), UsualPort);
        if (text.StartsWith('[') && text.LastIndexOf("]:", StringComparison.Ordinal) is > 0 and var end) (host, port) = (text[1..end], text[(end + 2)..]);
        var isHost = host.Length is > 0 and <= 253 && host[0] != '-' && host.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or ':' or '%');
        var isPort = ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0;
        return isHost && isPort ? new IpmiAddress(host, port) : throw new BmcException($"'{text}' is no host or host:port of a BMC; correct bmc: {{ address }}");
    }
}
