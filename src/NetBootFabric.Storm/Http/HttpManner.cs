using System.Text;

namespace NetBootFabric.Storm.Http;

/// <summary>How one firmware or loader speaks HTTP.</summary>
internal sealed record HttpManner
{
    /// <summary>Lines behind the request line, in its order; {0} is the host.</summary>
    public required string Headers { get; init; }

    /// <summary>One connection for all files of a server.</summary>
    public bool KeepsAlive { get; init; } = true;

    /// <summary>How long nothing may come.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    public static HttpManner Ipxe { get; } = new() { Headers = "Connection: keep-alive\r\nUser-Agent: iPXE/1.0.0+git-20190125.36a4c85-5.1\r\nHost: {0}\r\n" };

    public static HttpManner Uefi { get; } = new() { Headers = "Host: {0}\r\nAccept: */*\r\nUser-Agent: UefiHttpBoot/1.0\r\n" };

    /// <summary>BusyBox' wget in an initramfs, for the report that the system is up.</summary>
    public static HttpManner Wget { get; } = new() { Headers = "Host: {0}\r\nUser-Agent: Wget\r\nConnection: close\r\n", KeepsAlive = false };

    public byte[] Request(string method, BootUrl url) =>
        Encoding.ASCII.GetBytes($"{method} {url.Target} HTTP/1.1\r\n{string.Format(System.Globalization.CultureInfo.InvariantCulture, Headers, url.HostHeader)}\r\n");
}
