using System.Collections.Immutable;
using NetBootFabric.Node.Configuration.Yaml;
using NetBootFabric.Wire;

namespace NetBootFabric.Node.Configuration;

/// <summary>The group <c>cluster</c>: what a head node needs to be one of several.</summary>
internal sealed class ClusterReader(Mistakes mistakes, Values values)
{
    private const int LargestWeight = 1000;

    public ClusterOptions? Read(YamlValue? value, StoreOptions store, IReadOnlyList<SubnetDraft> subnets)
    {
        var group = Group.Of(value, "'cluster'", mistakes, "listen", "service", "weight", "roles", "heartbeat", "dead_after");
        if (group is null) return null;
        if (store.Kind != StoreKind.Postgres) mistakes.Add(group.At, "several head nodes need a store that all of them reach", "write store: postgres:Host=...;Database=...;Username=...");
        var listen = values.Listen(group.Required("listen", "10.0.0.1:9120"), "listen");
        var heartbeat = values.Duration(group["heartbeat"], "heartbeat", TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(10)) ?? ClusterOptions.DefaultHeartbeat;
        var deadAfter = values.Duration(group["dead_after"], "dead_after", TimeSpan.FromMilliseconds(200), TimeSpan.FromMinutes(5)) ?? Longer(ClusterOptions.DefaultDeadAfter, heartbeat * 4);
        if (deadAfter < heartbeat * 3) mistakes.Add(group.At, "'dead_after' leaves no room for a late heartbeat", "make it at least three times 'heartbeat'");
        return new ClusterOptions
        {
            Listen = listen ?? ClusterOptions.NoListen,
            Service = Service(group, subnets),
            Weight = values.Whole(group["weight"], "weight", 1, LargestWeight) ?? ClusterOptions.DefaultWeight,
            Roles = group["roles"] is { } roles ? [.. values.Items(roles, "roles").Select(item => values.Name(item, "roles")).OfType<string>().Distinct().Order(StringComparer.Ordinal)] : ClusterOptions.DefaultRoles,
            Heartbeat = heartbeat,
            DeadAfter = deadAfter,
        };
    }

    private ImmutableArray<Ipv4Address> Service(Group group, IReadOnlyList<SubnetDraft> subnets)
    {
        var addresses = new List<Ipv4Address>();
        foreach (var item in values.Items(group.Required("service", "10.77.0.11"), "service"))
        {
            if (values.Address(item, "service") is not { } address) continue;
            if (subnets.FirstOrDefault(draft => draft.Subnet.Ranges.Any(range => range.Contains(address))) is not null)
                mistakes.Add(item.At, $"{address} is in a range that clients get addresses from", "write an address outside of every 'range'");
            else if (addresses.Contains(address)) mistakes.Add(item.At, $"{address} is here twice", "write each once");
            else addresses.Add(address);
        }
        return [.. addresses];
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
