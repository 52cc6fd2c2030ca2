namespace NetBootFabric.AdminApi.Catalog;

/// <summary>Nodes, groups and profiles, as they are applied, exported and imported.</summary>
public sealed record CatalogDocument
{
    public IReadOnlyList<ProfileSpec> Profiles { get; init; } = [];
    public IReadOnlyList<GroupSpec> Groups { get; init; } = [];
    public IReadOnlyList<NodeSpec> Nodes { get; init; } = [];
}
