using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NetBootFabric.AdminApi;
using NetBootFabric.AdminApi.Catalog;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Cluster.Clients;
using NetBootFabric.Node.Admin;
using NetBootFabric.Wire;

namespace NetBootFabric.Node.Catalog;

/// <summary>Calls about nodes: all, one, several at once.</summary>
internal sealed class NodesPart(CatalogKeeper keeper, ClientBoard board) : IAdminPart
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(CatalogRoutes.Nodes, (string? select) => List(select ?? "all")).Needs(Role.Read);
        routes.MapGet(CatalogRoutes.Node + "{who}", (HttpContext context, string who) => One(context, who)).Needs(Role.Read);
        routes.MapPut(CatalogRoutes.Node + "{mac}", (HttpContext context, string mac, bool? dryRun) => PutAsync(context, mac, dryRun ?? false)).Needs(Role.Operate);
        routes.MapDelete(CatalogRoutes.Node + "{who}", (HttpContext context, string who, bool? dryRun) => RemoveAsync(context, who, dryRun ?? false)).Needs(Role.Operate);
        routes.MapPatch(CatalogRoutes.Nodes, (HttpContext context, string? select, bool? dryRun) => ChangeAsync(context, select ?? "", dryRun ?? false)).Needs(Role.Operate);
        routes.MapDelete(CatalogRoutes.Nodes, (HttpContext context, string? select, bool? dryRun) => RemoveAllAsync(context, select ?? "", dryRun ?? false)).Needs(Role.Operate);
    }

    private IResult List(string select)
    {
        var (catalog, room) = keeper.Now;
        if (keeper.Select(select, out var nodes) is { } refusal) return CatalogAnswers.Of(refusal);
        return TypedResults.Json([.. nodes.Select(node => catalog.Nodes.GetValueOrDefault(node.Mac.ToString())).OfType<CatalogItem<NodeSpec>>().Select(item => View(item, room))], CatalogJson.Default.IReadOnlyListNodeView);
    }

    private IResult One(HttpContext context, string who)
    {
        var (catalog, room) = keeper.Now;
        return Find(catalog, who) is { } item ? CatalogAnswers.Entry(context, View(item, room), item.Revision, CatalogJson.Default.NodeView) : CatalogAnswers.Of(Absent(who));
    }

    private async Task<IResult> PutAsync(HttpContext context, string mac, bool dryRun)
    {
        if (SpecForm.KeyOf(mac) is not { } key) return AdminCalls.Error(StatusCodes.Status400BadRequest, $"'{mac}' is no MAC address of a machine; write one like 52:54:00:77:00:01");
        var precondition = Precondition.Of(context.Request, out var wrong);
        if (wrong is not null) return AdminCalls.Error(StatusCodes.Status400BadRequest, wrong);
        var body = CatalogText.Node(await CatalogAnswers.BodyAsync(context.Request, context.RequestAborted), key, out var mistakes);
        if (body is null) return CatalogAnswers.Malformed(mistakes);
        var spec = SpecForm.Of(body);
        if (spec.Mac != key) return AdminCalls.Error(StatusCodes.Status400BadRequest, $"the body is of {spec.Mac}, not of {key}");
        return CatalogAnswers.Of(await keeper.EditAsync(catalog =>
        {
            var there = catalog.Nodes.GetValueOrDefault(key);
            if (precondition.Refuse($"node {key}", there?.Revision, () => Element(there!)) is { } refusal) return refusal;
            return CatalogEdits.Apply(catalog, new CatalogDocument { Nodes = [spec] }, prune: false);
        }, dryRun, 1, context.RequestAborted));
    }

    private async Task<IResult> RemoveAsync(HttpContext context, string who, bool dryRun)
    {
        var precondition = Precondition.Of(context.Request, out var wrong);
        if (wrong is not null) return AdminCalls.Error(StatusCodes.Status400BadRequest, wrong);
        return CatalogAnswers.Of(await keeper.EditAsync(catalog =>
        {
            if (Find(catalog, who) is not { } there) return Absent(who);
            return precondition.Refuse($"node {who}", there.Revision, () => Element(there)) is { } refusal ? refusal : new CatalogEdit([new CatalogStep(CatalogKind.Node, there.Spec.Mac, null)]);
        }, dryRun, 1, context.RequestAborted));
    }

    private async Task<IResult> ChangeAsync(HttpContext context, string select, bool dryRun)
    {
        var change = CatalogText.Change(await CatalogAnswers.BodyAsync(context.Request, context.RequestAborted), out var mistakes);
        if (change is null) return CatalogAnswers.Malformed(mistakes);
        return await EachAsync(context, select, dryRun, (catalog, item) => Steps(item.Spec, change.Of(item.Spec, catalog.Revision + 1)));
    }

    private Task<IResult> RemoveAllAsync(HttpContext context, string select, bool dryRun) =>
        EachAsync(context, select, dryRun, (_, item) => [new CatalogStep(CatalogKind.Node, item.Spec.Mac, null)]);

    /// <summary>A node goes by its card: another card is another entry, and the old one goes.</summary>
    private static CatalogStep[] Steps(NodeSpec before, NodeSpec after) => before.Mac == after.Mac
        ? [new CatalogStep(CatalogKind.Node, after.Mac, after)]
        : [new CatalogStep(CatalogKind.Node, before.Mac, null), new CatalogStep(CatalogKind.Node, after.Mac, after)];

    /// <summary>A change of MAC addresses that would write over an entry, or make one of two.</summary>
    private static CatalogRefusal? Collision(CatalogState catalog, List<CatalogStep> steps)
    {
        var gone = steps.Where(step => step.Spec is null).Select(step => step.Key).ToHashSet(StringComparer.Ordinal);
        if (gone.Count == 0) return null;
        var taken = steps.Where(step => step.Spec is not null).CountBy(step => step.Key).FirstOrDefault(each => each.Value > 1 || (catalog.Nodes.ContainsKey(each.Key) && !gone.Contains(each.Key))).Key;
        return taken is null ? null : new CatalogRefusal(409, $"{taken} is another node's MAC address; nothing was changed");
    }

    private async Task<IResult> EachAsync(HttpContext context, string select, bool dryRun, Func<CatalogState, CatalogItem<NodeSpec>, CatalogStep[]> step)
    {
        var precondition = Precondition.Of(context.Request, out var wrong);
        if (wrong is not null) return AdminCalls.Error(StatusCodes.Status400BadRequest, wrong);
        return CatalogAnswers.Of(await keeper.EditAsync(catalog =>
        {
            if (keeper.Select(select, out var nodes) is { } refusal) return refusal;
            var items = nodes.Select(node => catalog.Nodes.GetValueOrDefault(node.Mac.ToString())).OfType<CatalogItem<NodeSpec>>().ToList();
            if (precondition.Revision is { } revision && items.FirstOrDefault(item => item.Revision > revision) is { } newer)
                return new CatalogRefusal(412, $"node {newer.Spec.Name ?? newer.Spec.Mac} was changed meanwhile: it is at revision {newer.Revision}, not {revision}; nothing was changed", Current: Element(newer));
            List<CatalogStep> steps = [.. items.SelectMany(item => step(catalog, item)).Where(each => !IsAsBefore(catalog, each))];
            return Collision(catalog, steps) is { } taken ? taken : new CatalogEdit(steps, Named: items.Count);
        }, dryRun, 0, context.RequestAborted));
    }

    private static bool IsAsBefore(CatalogState catalog, CatalogStep step) =>
        step.Spec is NodeSpec after && catalog.Nodes.GetValueOrDefault(step.Key)?.Spec is { } before
        && (before.NextOrder, before.IntentOrder) == (after.NextOrder, after.IntentOrder) && SpecFields.Differences(before, after).Count == 0;

    /// <param name="who">MAC address or name.</param>
    private static CatalogItem<NodeSpec>? Find(CatalogState catalog, string who) =>
        SpecForm.KeyOf(who) is { } mac && catalog.Nodes.GetValueOrDefault(mac) is { } item ? item
        : catalog.Nodes.Values.FirstOrDefault(each => string.Equals(each.Spec.Name, who, StringComparison.OrdinalIgnoreCase));

    private static CatalogRefusal Absent(string who) => new(404, $"there is no node '{who}': give the MAC address or the name of a node; pbm node list shows all");

    private NodeView View(CatalogItem<NodeSpec> item, Room room) =>
        CatalogViews.Node(item, room, MacAddress.TryParse(item.Spec.Mac, out var mac) ? board.Find(mac) : null);

    private System.Text.Json.JsonElement Element(CatalogItem<NodeSpec> item) => CatalogAnswers.Element(View(item, keeper.Room), CatalogJson.Default.NodeView);
}
