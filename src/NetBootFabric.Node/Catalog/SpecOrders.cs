using NetBootFabric.AdminApi.Catalog;

namespace NetBootFabric.Node.Catalog;

/// <summary>
/// Numbers what the operator orders for a boot or until a boot: who served an order does so again only under a later number. Revisions grow, and a row changes at most once in each, so the number that the
/// change is about to get at least is later than any before.
/// </summary>
internal static class SpecOrders
{
    /// <param name="anew">The keys that the operator gave on purpose; null: those whose value is another one now.</param>
    public static NodeSpec Stamp(NodeSpec spec, NodeSpec? before, long revision, Func<string, bool>? anew = null) => spec with
    {
        IntentOrder = Order(spec.Intent, before?.Intent, before?.IntentOrder, revision, anew?.Invoke("intent") ?? false),
        NextOrder = Order(spec.Next, before?.Next, before?.NextOrder, revision, anew?.Invoke("next") ?? false),
    };

    public static GroupSpec Stamp(GroupSpec spec, GroupSpec? before, long revision) =>
        spec with { IntentOrder = Order(spec.Intent, before?.Intent, before?.IntentOrder, revision, anew: false) };

    private static long? Order(string? value, string? before, long? order, long revision, bool anew) =>
        value is null ? null : value == before && !anew ? order : revision;
}
