using NetBootFabric.Boot.Rooms;

namespace NetBootFabric.Node.Catalog;

/// <summary>Something in an entry that is wrong or does not fit the others.</summary>
/// <param name="Index">Of the entry in its list of the document.</param>
/// <param name="Field">As <c>ip</c> or <c>vars/rack</c>; with a slash at its end the key itself is meant.</param>
/// <param name="Remedy">What to write or do instead.</param>
/// <param name="Earlier">Index of the entry that has it already; then the problem is what it is that both have.</param>
internal sealed record CatalogFault(CatalogKind Kind, int Index, string Field, string Problem, string Remedy, int? Earlier = null);
