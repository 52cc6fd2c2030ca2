using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace NetBootFabric.AdminApi.Access;

/// <summary>Names a certificate's key, so that it is the same after the certificate was renewed: SHA256: and the hash of its SubjectPublicKeyInfo (RFC 5280 §4.1.2.7) in base64 without padding.</summary>
public static class Fingerprint
{
    private const string Prefix = "SHA256:";

    public static string Of(X509Certificate2 certificate) =>
        Prefix + Convert.ToBase64String(SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo())).TrimEnd('=');

    /// <summary>Whether a text may be one: 32 octets.</summary>
    public static bool IsOne(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes + 1];
        return text.StartsWith(Prefix, StringComparison.Ordinal) && Convert.TryFromBase64String(text[Prefix.Length..] + "=", hash, out var length) && length == SHA256.HashSizeInBytes;
    }
}
