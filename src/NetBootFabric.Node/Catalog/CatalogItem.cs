namespace NetBootFabric.Node.Catalog;

/// <param name="Revision">Of the catalog, when this was changed last.</param>
internal sealed record CatalogItem<T>(T Spec, long Revision) where T : class;

/// <summary>One entry that an edit writes.</summary>
/// <param name="Spec">A <see cref="AdminApi.Catalog.NodeSpec"/>, <see cref="AdminApi.Catalog.GroupSpec"/> or <see cref="AdminApi.Catalog.ProfileSpec"/>; null: it is removed.</param>
internal sealed record CatalogStep(Boot.Rooms.CatalogKind Kind, string Key, object? Spec);
