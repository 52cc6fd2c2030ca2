using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace NetBootFabric.Node.Access;

/// <summary>The text of a token: nbf_ and 256 random bits. Only its hash is kept.</summary>
internal static class TokenSecret
{
    private const string Prefix = "nbf_"; // so that whoever finds one in a log or a repository knows what it is
    private const int Octets = 32;
    private const int Length = 4 + 43; // 43 characters of base64url: ⌈32 × 8 ÷ 6⌉

    public static string New() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Octets));

    /// <summary>SHA-256 in hexadecimal; null when this is the text of no token. The bits are random: nothing slower is needed against guessing.</summary>
    public static string? HashOf(string secret)
    {
        if (secret.Length != Length || !secret.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        foreach (var c in secret)
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_')) return null;
        return Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(secret)));
    }
}
