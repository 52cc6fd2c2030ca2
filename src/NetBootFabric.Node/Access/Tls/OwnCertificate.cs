using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace NetBootFabric.Node.Access.Tls;

/// <summary>A certificate that a head node signs itself: whoever asks it pins its key.</summary>
internal sealed class OwnCertificate(string name, IReadOnlyList<IPAddress> addresses, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(730);

    /// <summary>Renewed when it has so long to live: who has a clock that is late still takes it.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromDays(180);

    public bool IsStale(X509Certificate2 certificate) => certificate.NotAfter.ToUniversalTime() - time.GetUtcNow().UtcDateTime < Margin || !Names(certificate);

    public X509Certificate2 LoadOrMake(string path)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (File.Exists(path))
        {
            var kept = File.ReadAllText(path);
            var certificate = X509Certificate2.CreateFromPem(kept, kept);
            if (!IsStale(certificate)) return certificate;
            certificate.Dispose();
            key.ImportFromPem(kept);
        }
        var made = Make(key);
        Keep(path, made.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n");
        return made;
    }

    private X509Certificate2 Make(ECDsa key)
    {
        var request = new CertificateRequest(new X500DistinguishedName($"CN={name}"), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false)); // serverAuth
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        foreach (var address in addresses) names.AddIpAddress(address);
        request.CertificateExtensions.Add(names.Build());
        var now = time.GetUtcNow();
        // A day back: a browser whose clock is late takes it.
        return request.CreateSelfSigned(now.AddDays(-1), now + Lifetime);
    }

    /// <summary>Whether it is for the addresses of now.</summary>
    private bool Names(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault() is { } names && addresses.All(names.EnumerateIPAddresses().Contains);

    private static void Keep(string path, string pem)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var draft = $"{path}.{Guid.NewGuid():N}";
        using (var stream = new FileStream(draft, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }))
        {
            stream.Write(Encoding.ASCII.GetBytes(pem));
            stream.Flush(flushToDisk: true);
        }
        File.Move(draft, path, overwrite: true);
    }
}
