using NetBootFabric.Boot.Content;
using NetBootFabric.Wire;

namespace NetBootFabric.HttpBoot.Requests;

/// <summary>A path by which a booted system reports: <see cref="BootPaths.ReportUp"/> and <see cref="BootPaths.ReportFailed"/>.</summary>
internal readonly record struct ReportTarget(MacAddress Client, bool Booted)
{
    public static bool TryParse(string path, out ReportTarget report)
    {
        report = default;
        if (!path.StartsWith(BootPaths.Prefix, StringComparison.Ordinal)) return false;
        var rest = path.AsSpan(BootPaths.Prefix.Length);
        var slash = rest.IndexOf('/');
        if (slash < 0 || !MacAddress.TryParse(rest[..slash], out var client)) return false;
        var word = rest[(slash + 1)..];
        report = new ReportTarget(client, word is "up");
        return word is "up" or "failed";
    }
}
