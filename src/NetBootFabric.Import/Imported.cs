using NetBootFabric.AdminApi.Catalog;
using NetBootFabric.AdminApi.Import;

namespace NetBootFabric.Import;

/// <summary>What was read.</summary>
/// <param name="Document">What could be carried over: groups and nodes.</param>
/// <param name="Lines">Where each node stands, by MAC address.</param>
/// <param name="Notes">By line: what could not, and what is broken.</param>
/// <param name="NotesLeftOut">Further notes, that are only counted.</param>
/// <param name="Broken">Lines that are broken.</param>
public sealed record Imported(CatalogDocument Document, IReadOnlyDictionary<string, int> Lines, IReadOnlyList<ImportNote> Notes, int NotesLeftOut, int Broken);
