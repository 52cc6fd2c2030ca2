using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NetBootFabric.AdminApi;
using NetBootFabric.AdminApi.Catalog;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Node.Admin;

namespace NetBootFabric.Node.Catalog;

/// <summary>Calls about groups and profiles, which have names of their own.</summary>
internal sealed class GroupsPart(CatalogKeeper keeper) : IAdminPart
{
    /// <summary>Some tens of templates of the largest size.</summary>
    private const long MostInProfile = 16 << 20;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(CatalogRoutes.Groups, () => TypedResults.Json(Groups(), CatalogJson.Default.IReadOnlyListGroupView)).Needs(Role.Read);
        routes.MapGet(CatalogRoutes.Group + "{name}", (HttpContext context, string name) => Groups().FirstOrDefault(each => each.Spec.Name == name) is { } view
            ? CatalogAnswers.Entry(context, view, view.Revision, CatalogJson.Default.GroupView) : Absent("group", name)).Needs(Role.Read);
        routes.MapPut(CatalogRoutes.Group + "{name}", (HttpContext context, string name, bool? dryRun) => PutAsync(context, CatalogKind.Group, name, dryRun ?? false)).Needs(Role.Operate);
        routes.MapDelete(CatalogRoutes.Group + "{name}", (HttpContext context, string name, bool? dryRun) => RemoveAsync(context, CatalogKind.Group, name, dryRun ?? false)).Needs(Role.Operate);
        routes.MapGet(CatalogRoutes.Profiles, () => TypedResults.Json(Profiles(), CatalogJson.Default.IReadOnlyListProfileView)).Needs(Role.Read);
        routes.MapGet(CatalogRoutes.Profile + "{name}", (HttpContext context, string name) => Profiles().FirstOrDefault(each => each.Spec.Name == name) is { } view
            ? CatalogAnswers.Entry(context, view, view.Revision, CatalogJson.Default.ProfileView) : Absent("profile", name)).Needs(Role.Read);
        routes.MapPut(CatalogRoutes.Profile + "{name}", (HttpContext context, string name, bool? dryRun) => PutAsync(context, CatalogKind.Profile, name, dryRun ?? false)).Needs(Role.Operate).TakesUpTo(MostInProfile);
        routes.MapDelete(CatalogRoutes.Profile + "{name}", (HttpContext context, string name, bool? dryRun) => RemoveAsync(context, CatalogKind.Profile, name, dryRun ?? false)).Needs(Role.Operate);
    }

    private IReadOnlyList<GroupView> Groups() => CatalogViews.Groups(keeper.Now.Catalog, keeper.Now.Room);

    private IReadOnlyList<ProfileView> Profiles() => CatalogViews.Profiles(keeper.Now.Catalog, keeper.Now.Room);

    private async Task<IResult> PutAsync(HttpContext context, CatalogKind kind, string name, bool dryRun)
    {
        var precondition = Precondition.Of(context.Request, out var wrong);
        if (wrong is not null) return AdminCalls.Error(StatusCodes.Status400BadRequest, wrong);
        var document = Read(await CatalogAnswers.BodyAsync(context.Request, context.RequestAborted), kind, name, out var mistakes);
        if (document is null) return CatalogAnswers.Malformed(mistakes);
        return CatalogAnswers.Of(await keeper.EditAsync(catalog =>
            Refuse(precondition, catalog, kind, name) is { } refusal ? refusal : Armed(context, document, catalog) ?? CatalogEdits.Apply(catalog, document, prune: false), dryRun, 1, context.RequestAborted));
    }

    /// <summary>Null: nothing is to be armed again.</summary>
    private static CatalogEdit? Armed(HttpContext context, CatalogDocument document, CatalogState catalog) => context.Request.Query["arm"] == "true" && document.Groups is [{ Intent: not null } group]
        ? new CatalogEdit([new CatalogStep(CatalogKind.Group, group.Name, group with { IntentOrder = catalog.Revision + 1 })])
        : null;

    private static CatalogDocument? Read(byte[] body, CatalogKind kind, string name, out IReadOnlyList<string> mistakes)
    {
        if (kind == CatalogKind.Group) return CatalogText.GroupOf(body, name, out mistakes) is { } group ? new CatalogDocument { Groups = [group] } : null;
        return CatalogText.Profile(body, name, out mistakes) is { } profile ? SpecForm.Of(new CatalogDocument { Profiles = [profile] }) : null;
    }

    private async Task<IResult> RemoveAsync(HttpContext context, CatalogKind kind, string name, bool dryRun)
    {
        var precondition = Precondition.Of(context.Request, out var wrong);
        if (wrong is not null) return AdminCalls.Error(StatusCodes.Status400BadRequest, wrong);
        return CatalogAnswers.Of(await keeper.EditAsync(catalog =>
        {
            if (catalog.RevisionOf(kind, name) == 0) return NotThere(Word(kind), name);
            if (Refuse(precondition, catalog, kind, name) is { } refusal) return refusal;
            return InUse(catalog, keeper.Room, kind, name) is { } users ? new CatalogRefusal(409, users) : new CatalogEdit([new CatalogStep(kind, name, null)]);
        }, dryRun, 1, context.RequestAborted));
    }

    private CatalogRefusal? Refuse(Precondition precondition, CatalogState catalog, CatalogKind kind, string name) =>
        precondition.Refuse($"{Word(kind)} {name}", catalog.RevisionOf(kind, name) is > 0 and var revision ? revision : null, () => Element(kind, name));

    private JsonElement Element(CatalogKind kind, string name) => kind == CatalogKind.Group
        ? CatalogAnswers.Element(Groups().First(each => each.Spec.Name == name), CatalogJson.Default.GroupView)
        : CatalogAnswers.Element(Profiles().First(each => each.Spec.Name == name), CatalogJson.Default.ProfileView);

    /// <summary>Who refers to it; null: nobody.</summary>
    private static string? InUse(CatalogState catalog, Room room, CatalogKind kind, string name)
    {
        var silent = kind == CatalogKind.Profile && name == Profile.DefaultName ? room.Machines.Count(node => node.Profile is null && node.Intent != BootIntent.Local) : 0;
        if (silent > 0) return $"profile {name} is that of {silent} nodes that name none: give them another one first";
        var groups = catalog.Groups.Values.Where(item => kind == CatalogKind.Group ? item.Spec.Parent == name : item.Spec.Profile == name).Select(item => $"group {item.Spec.Name}");
        var nodes = catalog.Nodes.Values.Where(item => kind == CatalogKind.Group ? item.Spec.Group == name : item.Spec.Profile == name).Select(item => $"node {item.Spec.Name ?? item.Spec.Mac}");
        var users = groups.Concat(nodes).Order(StringComparer.Ordinal).ToList();
        if (users.Count == 0) return null;
        return $"{Word(kind)} {name} is still that of {string.Join(", ", users.Take(3))}{(users.Count > 3 ? $" and {users.Count - 3} more" : "")}: give them another one first";
    }

    private static string Word(CatalogKind kind) => kind.ToString().ToLowerInvariant();

    private static CatalogRefusal NotThere(string kind, string name) => new(404, $"there is no {kind} '{name}'; pbm {kind} list shows all");

    private static IResult Absent(string kind, string name) => CatalogAnswers.Of(NotThere(kind, name));
}
