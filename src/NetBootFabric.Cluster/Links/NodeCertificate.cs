using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace NetBootFabric.Cluster.Links;

/// <summary>
/// What a head node shows to the others: a certificate that it signed itself, for this run of the process, whose fingerprint they know from the cluster's store. Nothing else
/// of it is looked at, neither names nor dates, since the clocks of head nodes may differ.
/// </summary>
public sealed class NodeCertificate : IDisposable
{
    private NodeCertificate(X509Certificate2 certificate) => Certificate = certificate;

    /// <summary>With its private key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>SHA-256 over the certificate, upper-case hexadecimal.</summary>
    public string Fingerprint => FingerprintOf(Certificate);

    /// <summary>A new key on the curve P-256 and its certificate; takes about a millisecond.</summary>
    public static NodeCertificate Create(string name, TimeProvider time)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(name);
        var request = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        var now = time.GetUtcNow();
        return new NodeCertificate(request.CreateSelfSigned(now.AddYears(-1), now.AddYears(50)));
    }

    internal static string FingerprintOf(X509Certificate certificate) => certificate.GetCertHashString(HashAlgorithmName.SHA256);

    public void Dispose() => Certificate.Dispose();
}
