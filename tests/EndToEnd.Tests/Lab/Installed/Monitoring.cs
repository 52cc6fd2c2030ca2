using System.Text.RegularExpressions;

namespace NetBootFabric.EndToEnd.Tests.Lab.Installed;

/// <summary>The names of metrics: those that the shipped dashboard and alerts use, and those in a scrape.</summary>
internal static partial class Monitoring
{
    private static readonly string[] Protocols = ["dhcp", "arp", "ndp", "tftp"];

    public static IReadOnlyList<string> Metrics()
    {
        var folder = Path.Combine(Repository.Root, "cluster-config", "monitoring");
        var text = File.ReadAllText(Path.Combine(folder, "alerts.yaml")) + File.ReadAllText(Path.Combine(folder, "dashboard.json"));
        return [.. Name().Matches(text).Select(match => match.Value).Concat(Protocols.Select(protocol => $"netboot_{protocol}_faults_total")).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>A histogram's name stands for its three kinds of series.</summary>
    public static IReadOnlySet<string> Scraped(string scrape) => Family().Matches(scrape)
        .SelectMany(match => match.Groups["type"].Value == "histogram" ? new[] { "_bucket", "_sum", "_count", "" }.Select(suffix => match.Groups["name"].Value + suffix) : [match.Groups["name"].Value])
        .ToHashSet();

    [GeneratedRegex(@"\b(netboot|process|dotnet)_[a-z_]+[a-z]\b(?![(_-])")]
    private static partial Regex Name();

    [GeneratedRegex(@"^# TYPE (?<name>\S+) (?<type>\S+)$", RegexOptions.Multiline)]
    private static partial Regex Family();
}
