using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace NetBootFabric.Actors.Remote.Tls;

/// <summary>TLS where both sides show a certificate, and a side is who it is by its certificate's fingerprint alone.</summary>
internal sealed class LinkTls(X509Certificate2 certificate)
{
    private const SslProtocols Versions = SslProtocols.Tls12 | SslProtocols.Tls13;

    // Offline: nobody signed it, so there is no chain to look for on the network.
    private readonly SslStreamCertificateContext _own = SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true);

    /// <exception cref="AuthenticationException">The far end shows another certificate.</exception>
    public async Task<SslStream> Dial(Socket socket, string fingerprint, CancellationToken cancellation)
    {
        var stream = Wrap(socket);
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = "head-node", // not looked at
            ClientCertificateContext = _own,
            EnabledSslProtocols = Versions,
            AllowTlsResume = false,
            CertificateChainPolicy = NoChain(),
            RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null && NodeCertificate.FingerprintOf(shown) == fingerprint,
        };
        await Authenticate(stream, s => s.AuthenticateAsClientAsync(options, cancellation)).ConfigureAwait(false);
        return stream;
    }

    /// <summary>The stream and the fingerprint of the dialler, which <paramref name="isPeer"/> agreed to.</summary>
    /// <exception cref="AuthenticationException">The dialler shows no certificate, or one that is no peer's.</exception>
    public async Task<(SslStream Stream, string Fingerprint)> Answer(Socket socket, Func<string, bool> isPeer, CancellationToken cancellation)
    {
        var stream = Wrap(socket);
        var fingerprint = "";
        var options = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = _own,
            ClientCertificateRequired = true,
            EnabledSslProtocols = Versions,
            AllowTlsResume = false,
            CertificateChainPolicy = NoChain(),
            RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null && isPeer(fingerprint = NodeCertificate.FingerprintOf(shown)),
        };
        await Authenticate(stream, s => s.AuthenticateAsServerAsync(options, cancellation)).ConfigureAwait(false);
        return (stream, fingerprint);
    }

    private static SslStream Wrap(Socket socket) => new(new NetworkStream(socket, ownsSocket: false), leaveInnerStreamOpen: false);

    private static async Task Authenticate(SslStream stream, Func<SslStream, Task> authenticate)
    {
        try
        {
            await authenticate(stream).ConfigureAwait(false);
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    // The fingerprint decides; the chain that is built before the call-back must not go out to the network.
    private static X509ChainPolicy NoChain() => new()
    {
        RevocationMode = X509RevocationMode.NoCheck,
        DisableCertificateDownloads = true,
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        VerificationFlags = X509VerificationFlags.AllFlags,
    };
}
