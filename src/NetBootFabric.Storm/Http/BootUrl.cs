using System.Globalization;
using NetBootFabric.Wire;

namespace NetBootFabric.Storm.Http;

/// <summary>Where a file is: <c>http://10.77.0.1:8080/path</c> or <c>tftp://10.77.0.1/path</c>. Hosts are addresses: the clients ask no DNS.</summary>
internal readonly record struct BootUrl(bool IsHttp, Ipv4Address Host, ushort Port, string Path)
{
    private const ushort HttpPort = 80, TftpPort = 69;

    /// <summary>As it stands in the request line or the read request.</summary>
    public string Target => IsHttp ? "/" + Path : Path;

    public string HostHeader => Port == HttpPort ? Host.ToString() : string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");

    public override string ToString() => $"{(IsHttp ? "http" : "tftp")}://{HostHeader}/{Path}";

    public static bool TryParse(string text, out BootUrl url)
    {
        url = default;
        var isHttp = text.StartsWith("http://", StringComparison.OrdinalIgnoreCase);
        if (!isHttp && !text.StartsWith("tftp://", StringComparison.OrdinalIgnoreCase)) return false;
        var rest = text.AsSpan(7); // 7 = http://
        var slash = rest.IndexOf('/');
        var authority = slash < 0 ? rest : rest[..slash];
        var colon = authority.IndexOf(':');
        var port = isHttp ? HttpPort : TftpPort;
        if (colon >= 0 && !ushort.TryParse(authority[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out port)) return false;
        if (!Ipv4Address.TryParse(colon < 0 ? authority : authority[..colon], out var host)) return false;
        url = new BootUrl(isHttp, host, port, slash < 0 ? "" : rest[(slash + 1)..].ToString());
        return true;
    }

    /// <summary>A name as DHCP gives it: a URL, or a file of the boot server's TFTP. Null for a URL that can't be followed.</summary>
    public static BootUrl? OfBootFile(string name, Ipv4Address bootServer)
    {
        if (TryParse(name, out var url)) return url;
        return name.Contains("://", StringComparison.Ordinal) ? null : new BootUrl(false, bootServer, TftpPort, name);
    }

    /// <summary>A reference inside a script that came from here (RFC 3986 §5.2, as far as boot scripts go).</summary>
    public BootUrl? Resolve(string reference)
    {
        if (TryParse(reference, out var url)) return url;
        if (reference.Contains("://", StringComparison.Ordinal)) return null;
        if (reference.StartsWith('/')) return this with { Path = reference[1..] };
        var query = Path.IndexOf('?', StringComparison.Ordinal);
        var path = query < 0 ? Path : Path[..query];
        return this with { Path = path[..(path.LastIndexOf('/') + 1)] + reference };
    }
}
