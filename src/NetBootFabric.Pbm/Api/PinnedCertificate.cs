using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using NetBootFabric.AdminApi.Access;

namespace NetBootFabric.Pbm.Api;

/// <summary>Whether the certificate that a head node shows is to be trusted: the one that was pinned and no other, or, without a pin, one that an authority of this machine vouches for.</summary>
/// <param name="pin">A <see cref="Fingerprint"/>; null: none.</param>
internal sealed class PinnedCertificate(string? pin)
{
    private string? _refused;

    public bool IsTrusted(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is not X509Certificate2 shown) return false;
        var seen = Fingerprint.Of(shown);
        if (pin is null ? errors == SslPolicyErrors.None : seen == pin) return true;
        _refused = seen;
        return false;
    }

    /// <summary>Why it was not trusted, and what to do; null: that was not the trouble.</summary>
    public string? Refusal(string server) => (_refused, pin) switch
    {
        (null, _) => null,
        ({ } seen, null) => $"{server} shows a certificate that nobody vouches for, {seen}. Compare it with what 'pbm status' says on the head node itself, then: --fingerprint {seen}, or PBM_FINGERPRINT",
        ({ } seen, { } wanted) => $"{server} shows {seen}, not {wanted}: its key was made anew, or this is not the head node that you mean. 'pbm status' on the head node itself says which is right",
    };
}
