using System.Security.Cryptography;
using System.Text;

namespace NetBootFabric.Content.Files;

internal static class ContentTag
{
    /// <summary>64 bits of the text's hash as 16 hexadecimal digits: a validator that changes when the text does.</summary>
    public static string Of(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
}
