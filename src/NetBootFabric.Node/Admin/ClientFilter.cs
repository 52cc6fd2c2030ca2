using NetBootFabric.AdminApi;
using NetBootFabric.Boot.Clients;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Node.Configuration;

namespace NetBootFabric.Node.Admin;

/// <summary>Which clients a list shows, and in which order.</summary>
internal sealed record ClientFilter
{
    private static readonly IReadOnlyDictionary<string, Func<IEnumerable<ClientSummary>, IOrderedEnumerable<ClientSummary>>> Orders = new Dictionary<string, Func<IEnumerable<ClientSummary>, IOrderedEnumerable<ClientSummary>>>
    {
        ["name"] = clients => clients.OrderBy(client => client.Name, StringComparer.Ordinal),
        ["phase"] = clients => clients.OrderBy(client => Enum.TryParse<BootPhase>(client.Phase, out var phase) ? (int)phase : -1),
        ["age"] = clients => clients.OrderBy(client => client.PhaseSince ?? DateTimeOffset.MaxValue),
        ["address"] = clients => clients.OrderBy(client => Wire.Ipv4Address.TryParse(client.Address ?? "", out var address) ? address.Value : uint.MaxValue),
        ["group"] = clients => clients.OrderBy(client => client.Group ?? "~", StringComparer.Ordinal),
        ["rack"] = clients => clients.OrderBy(client => client.Rack ?? "~", StringComparer.Ordinal),
        ["loaded"] = clients => clients.OrderByDescending(client => client.Bytes),
    };

    public static ClientFilter All { get; } = new();

    public string? Phase { get; private init; }
    public string? Group { get; private init; }
    public string? Rack { get; private init; }

    /// <summary>In its phase for longer.</summary>
    public TimeSpan? OlderThan { get; private init; }
    public string Sort { get; private init; } = "name";

    /// <summary>As it was asked, to be passed on.</summary>
    public string Query { get; private init; } = "";

    /// <param name="mistake">A sentence, when the query can't be read.</param>
    public static ClientFilter? Parse(IReadOnlyDictionary<string, string> query, out string? mistake)
    {
        mistake = null;
        var (age, sort) = (query.GetValueOrDefault("olderThan"), query.GetValueOrDefault("sort", "name"));
        TimeSpan? olderThan = null;
        if (age is not null && Values.TryParseDuration(age, out var duration)) olderThan = duration;
        else if (age is not null) mistake = $"olderThan: '{age}' is no duration; write a number and a unit: 90s, 30m, 12h or 7d";
        if (!Orders.ContainsKey(sort)) mistake = $"sort: '{sort}' is no order; write {string.Join(", ", Orders.Keys)}";
        if (mistake is not null) return null;
        return new ClientFilter
        {
            Phase = query.GetValueOrDefault("phase"),
            Group = query.GetValueOrDefault("group"),
            Rack = query.GetValueOrDefault("rack"),
            OlderThan = olderThan,
            Sort = sort,
            Query = string.Join('&', query.Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}")),
        };
    }

    public bool Takes(ClientSummary client, NodeEntry? node, DateTimeOffset now) =>
        (Phase is null || string.Equals(client.Phase, Phase, StringComparison.OrdinalIgnoreCase))
        && (Group is null || (node?.Groups.Contains(Group) ?? false))
        && (Rack is null || client.Rack == Rack)
        && (OlderThan is not { } age || now - client.PhaseSince > age);

    public IReadOnlyList<ClientSummary> Order(IEnumerable<ClientSummary> clients) => [.. Orders[Sort](clients).ThenBy(client => client.Name, StringComparer.Ordinal)];
}
