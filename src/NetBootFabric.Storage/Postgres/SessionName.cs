using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace NetBootFabric.Storage.Postgres;

/// <summary>The application name of a session: by it whoever fences a member finds the sessions of that member.</summary>
internal static class SessionName
{
    public const string Alone = "netbootd";

    /// <summary>63 octets reach the server (NAMEDATALEN - 1): 9 = "netbootd ", 1 = "/", 20 for a number leave 33.</summary>
    private const int LongestMember = 32;

    public static string Of(StoreIncarnation? incarnation) =>
        incarnation is null ? Alone : string.Create(CultureInfo.InvariantCulture, $"{Prefix(incarnation.Member)}{incarnation.Number}");

    /// <summary>How the names of all incarnations begin, and no other member's.</summary>
    public static string Prefix(string member) => $"{Alone} {Plain(member)}/";

    /// <summary>What the server would cut or change, a digest stands for.</summary>
    private static string Plain(string member) => member.Length <= LongestMember && member.All(IsPlain)
        ? member
        : "~" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(member)))[..16];

    private static bool IsPlain(char letter) => letter is > ' ' and < '~' and not '/';
}
