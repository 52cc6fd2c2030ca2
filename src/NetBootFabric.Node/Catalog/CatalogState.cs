using System.Collections.Immutable;
using System.Text.Json;
using NetBootFabric.AdminApi.Catalog;
using NetBootFabric.Boot.Rooms;

namespace NetBootFabric.Node.Catalog;

/// <summary>All that the store's catalog holds at one revision. Immutable.</summary>
internal sealed record CatalogState
{
    public static CatalogState Empty { get; } = new();

    /// <summary>0: nothing was ever written.</summary>
    public long Revision { get; init; }

    /// <summary>By MAC address.</summary>
    public ImmutableDictionary<string, CatalogItem<NodeSpec>> Nodes { get; init; } = ImmutableDictionary<string, CatalogItem<NodeSpec>>.Empty;
    public ImmutableDictionary<string, CatalogItem<GroupSpec>> Groups { get; init; } = ImmutableDictionary<string, CatalogItem<GroupSpec>>.Empty;
    public ImmutableDictionary<string, CatalogItem<ProfileSpec>> Profiles { get; init; } = ImmutableDictionary<string, CatalogItem<ProfileSpec>>.Empty;

    /// <summary>Tokens of the admin API, as they are stored.</summary>
    public ImmutableDictionary<string, CatalogRow> Tokens { get; init; } = ImmutableDictionary<string, CatalogRow>.Empty;

    /// <summary>What an edit makes of it.</summary>
    public CatalogState With(IEnumerable<CatalogStep> steps, long revision)
    {
        var change = new Change(this);
        foreach (var step in steps) change.Put(step.Kind, step.Key, step.Spec, revision);
        return change.Done(revision);
    }

    /// <summary>What the store said came after <see cref="Revision"/>.</summary>
    /// <param name="unreadable">Told of each row that is no entry of its kind: it is left out.</param>
    public CatalogState With(CatalogRows rows, Action<CatalogRow> unreadable)
    {
        var change = new Change(this);
        foreach (var row in rows.Rows)
        {
            if (row.Kind == CatalogKind.Token) change.PutToken(row);
            else if (row.Body is null) change.Put(row.Kind, row.Key, null, row.Revision);
            else if (SpecOf(row) is { } spec) change.Put(row.Kind, row.Key, spec, row.Revision);
            else unreadable(row);
        }
        return change.Done(Math.Max(Revision, rows.Revision));
    }

    public CatalogDocument Document() => new()
    {
        Profiles = [.. Profiles.Values.Select(item => item.Spec)],
        Groups = [.. Groups.Values.Select(item => item.Spec)],
        Nodes = [.. Nodes.Values.Select(item => item.Spec)],
    };

    /// <summary>The revision of one entry; 0: there is none.</summary>
    public long RevisionOf(CatalogKind kind, string key) => kind switch
    {
        CatalogKind.Node => Nodes.GetValueOrDefault(key)?.Revision ?? 0,
        CatalogKind.Group => Groups.GetValueOrDefault(key)?.Revision ?? 0,
        CatalogKind.Profile => Profiles.GetValueOrDefault(key)?.Revision ?? 0,
        _ => Tokens.GetValueOrDefault(key)?.Revision ?? 0,
    };

    public object? SpecOf(CatalogKind kind, string key) => kind switch
    {
        CatalogKind.Node => Nodes.GetValueOrDefault(key)?.Spec,
        CatalogKind.Group => Groups.GetValueOrDefault(key)?.Spec,
        CatalogKind.Profile => Profiles.GetValueOrDefault(key)?.Spec,
        _ => null,
    };

    public static string BodyOf(object spec) => spec switch
    {
        NodeSpec node => JsonSerializer.Serialize(node, CatalogJson.Default.NodeSpec),
        GroupSpec group => JsonSerializer.Serialize(group, CatalogJson.Default.GroupSpec),
        _ => JsonSerializer.Serialize((ProfileSpec)spec, CatalogJson.Default.ProfileSpec),
    };

    private static object? SpecOf(CatalogRow row)
    {
        try
        {
            return row.Kind switch
            {
                CatalogKind.Node => JsonSerializer.Deserialize(row.Body!, CatalogJson.Default.NodeSpec),
                CatalogKind.Group => JsonSerializer.Deserialize(row.Body!, CatalogJson.Default.GroupSpec),
                CatalogKind.Profile => JsonSerializer.Deserialize(row.Body!, CatalogJson.Default.ProfileSpec),
                _ => null,
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed class Change(CatalogState from)
    {
        private readonly ImmutableDictionary<string, CatalogItem<NodeSpec>>.Builder _nodes = from.Nodes.ToBuilder();
        private readonly ImmutableDictionary<string, CatalogItem<GroupSpec>>.Builder _groups = from.Groups.ToBuilder();
        private readonly ImmutableDictionary<string, CatalogItem<ProfileSpec>>.Builder _profiles = from.Profiles.ToBuilder();
        private readonly ImmutableDictionary<string, CatalogRow>.Builder _tokens = from.Tokens.ToBuilder();

        public void Put(CatalogKind kind, string key, object? spec, long revision)
        {
            if (kind == CatalogKind.Node) Put(_nodes, key, (NodeSpec?)spec, revision);
            else if (kind == CatalogKind.Group) Put(_groups, key, (GroupSpec?)spec, revision);
            else if (kind == CatalogKind.Profile) Put(_profiles, key, (ProfileSpec?)spec, revision);
        }

        public void PutToken(CatalogRow row)
        {
            if (row.Body is null) _tokens.Remove(row.Key);
            else _tokens[row.Key] = row;
        }

        public CatalogState Done(long revision) => new()
        {
            Revision = revision,
            Nodes = _nodes.ToImmutable(),
            Groups = _groups.ToImmutable(),
            Profiles = _profiles.ToImmutable(),
            Tokens = _tokens.ToImmutable(),
        };

        private static void Put<T>(ImmutableDictionary<string, CatalogItem<T>>.Builder items, string key, T? spec, long revision) where T : class
        {
            if (spec is null) items.Remove(key);
            else items[key] = new CatalogItem<T>(spec, revision);
        }
    }
}
