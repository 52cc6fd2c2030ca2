using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace NetBootFabric.Node.Admin;

/// <summary>One address that the admin API listens on.</summary>
/// <param name="Certificate">Asked at each connection; null: plain HTTP, for the loopback.</param>
internal sealed record AdminDoor(IPEndPoint EndPoint, Func<X509Certificate2>? Certificate = null)
{
    /// <summary>On a free port of the loopback.</summary>
    public static AdminDoor Loopback { get; } = new(new IPEndPoint(IPAddress.Loopback, 0));

    public void Open(KestrelServerOptions kestrel) => kestrel.Listen(EndPoint, listen =>
    {
        listen.Protocols = HttpProtocols.Http1;
        if (Certificate is { } current) listen.UseHttps(https => https.ServerCertificateSelector = (_, _) => current());
    });
}
