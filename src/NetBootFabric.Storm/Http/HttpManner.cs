using System.Globalization;
using System.Text;
using NetBootFabric.Storm.Network;
using NetBootFabric.Storm.Tcp;

namespace NetBootFabric.Storm.Http;

/// <summary>How one firmware or loader speaks HTTP, as captured.</summary>
internal sealed record HttpManner
{
    /// <summary>Lines behind the request line, in its order; {0} is the host, {1} the client's address, {2} its MAC address with hyphens.</summary>
    public required string Headers { get; init; }

    public required TcpManner Tcp { get; init; }

    public string Version { get; init; } = "HTTP/1.1";

    /// <summary>One connection for all files of a server.</summary>
    public bool KeepsAlive { get; init; } = true;

    /// <summary>How long nothing may come.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    public static HttpManner Ipxe { get; } = new()
    {
        Headers = "Connection: keep-alive\r\nUser-Agent: iPXE/1.0.0+git-20190125.36a4c85-5.1\r\nHost: {0}\r\n",
        Tcp = TcpManner.Ipxe,
    };

    public static HttpManner Uefi { get; } = new()
    {
        Headers = "Host: {0}\r\nAccept: */*\r\nUser-Agent: UefiHttpBoot/1.0\r\n",
        Tcp = TcpManner.Uefi,
    };

    /// <summary>lpxelinux.0 (SYSLINUX 6.04): a connection for each file, which the server ends. It tells about the machine in a cookie.</summary>
    public static HttpManner Lpxelinux { get; } = new()
    {
        Headers = "Host: {0}\r\nUser-Agent: Syslinux/6.04\r\nConnection: close\r\nCookie: _Syslinux_ip={1};_Syslinux_BOOTIF=01-{2};_Syslinux_CPU=6PXLS\r\n",
        Tcp = TcpManner.Lwip,
        Version = "HTTP/1.0",
        KeepsAlive = false,
    };

    /// <summary>BusyBox' wget in an initramfs, for the report that the system is up.</summary>
    public static HttpManner Wget { get; } = new()
    {
        Headers = "Host: {0}\r\nUser-Agent: Wget\r\nConnection: close\r\n",
        Tcp = TcpManner.Linux,
        KeepsAlive = false,
    };

    public byte[] Request(string method, BootUrl url, Station station)
    {
        var headers = string.Format(CultureInfo.InvariantCulture, Headers, url.HostHeader, station.Address, station.Mac.Format('-'));
        return Encoding.ASCII.GetBytes($"{method} {url.Target} {Version}\r\n{headers}\r\n");
    }
}
