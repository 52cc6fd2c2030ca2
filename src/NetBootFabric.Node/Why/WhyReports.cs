using NetBootFabric.AdminApi.Why;

namespace NetBootFabric.Node.Why;

/// <summary>Groups clients that don't get on by their cause. Pure.</summary>
internal static class WhyReports
{
    /// <summary>Named for each cause; of the rest, the same is true.</summary>
    public const int ClientsNamed = 1000;

    public static WhyReport Of(IEnumerable<WhyView> clients, IEnumerable<string> otherServers) => Of(
        clients.Where(client => client.Standing is "Stuck" or "Slow" or "Failed" && client is { Step: not null, Cause: not null })
            .GroupBy(client => (client.Step, client.Cause)).Select(group => new WhyGroup(group.Key.Step!, group.Key.Cause!, group.Count(), [.. group.Select(Brief)])),
        otherServers);

    /// <summary>Several head nodes' reports as one.</summary>
    public static WhyReport Together(IReadOnlyList<WhyReport> reports) => Of(reports.SelectMany(report => report.Groups), reports.SelectMany(report => report.OtherServers));

    private static WhyReport Of(IEnumerable<WhyGroup> groups, IEnumerable<string> otherServers) => new(
        [.. groups.GroupBy(group => (group.Step, group.Cause)).Select(same => Joined([.. same])).OrderByDescending(group => group.Count).ThenBy(group => group.Cause, StringComparer.Ordinal)],
        [.. otherServers.Distinct()]);

    private static WhyGroup Joined(IReadOnlyList<WhyGroup> same) => new(
        same[0].Step, same[0].Cause, same.Sum(group => group.Count), [.. same.SelectMany(group => group.Clients).OrderBy(client => client.Name, StringComparer.Ordinal).Take(ClientsNamed)]);

    /// <summary>A list of thousands need not carry everybody's evidence.</summary>
    private static WhyView Brief(WhyView client) => client with { Evidence = [] };
}
