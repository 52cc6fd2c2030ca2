using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace NetBootFabric.Cluster.Links;

/// <summary>TLS where both sides show a certificate, and a side is who it is by its certificate's fingerprint alone.</summary>
internal sealed class LinkHandshake(X509Certificate2 certificate, PeerTrust trust)
{
    private const SslProtocols Versions = SslProtocols.Tls12 | SslProtocols.Tls13;

    // Offline: nobody signed it, so there is no chain to look for on the network.
    private readonly SslStreamCertificateContext _own = SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true);

    /// <exception cref="AuthenticationException">The far end is not the member at that endpoint.</exception>
    public Task<SslStream> DialAsync(Socket socket, string endpoint, CancellationToken cancellation)
    {
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = "head-node", // not looked at
            ClientCertificateContext = _own,
            EnabledSslProtocols = Versions,
            AllowTlsResume = false,
            CertificateChainPolicy = NoChain(),
            RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null && trust.Knows(NodeCertificate.FingerprintOf(shown), endpoint),
        };
        return AuthenticateAsync(socket, stream => stream.AuthenticateAsClientAsync(options, cancellation));
    }

    /// <exception cref="AuthenticationException">The dialler shows no certificate, or no member's.</exception>
    public Task<SslStream> AnswerAsync(Socket socket, CancellationToken cancellation)
    {
        var options = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = _own,
            ClientCertificateRequired = true,
            EnabledSslProtocols = Versions,
            AllowTlsResume = false,
            CertificateChainPolicy = NoChain(),
            RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null && trust.Knows(NodeCertificate.FingerprintOf(shown)),
        };
        return AuthenticateAsync(socket, stream => stream.AuthenticateAsServerAsync(options, cancellation));
    }

    private static async Task<SslStream> AuthenticateAsync(Socket socket, Func<SslStream, Task> authenticate)
    {
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true), leaveInnerStreamOpen: false);
        try
        {
            await authenticate(stream).ConfigureAwait(false);
            return stream;
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
