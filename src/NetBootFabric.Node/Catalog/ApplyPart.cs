using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NetBootFabric.AdminApi;
using NetBootFabric.AdminApi.Catalog;
using NetBootFabric.Node.Admin;

namespace NetBootFabric.Node.Catalog;

/// <summary>Whole sets of entries: in by apply, out by export.</summary>
internal sealed class ApplyPart(CatalogKeeper keeper) : IAdminPart
{
    /// <summary>100 000 node entries take some 10 MB.</summary>
    private const long LargestSet = 64 << 20;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(CatalogRoutes.Apply, (HttpContext context, bool? dryRun, bool? prune) => ApplyAsync(context, dryRun ?? false, prune ?? false)).Needs(Role.Operate).TakesUpTo(LargestSet);
        routes.MapGet(CatalogRoutes.Export, () => TypedResults.Text(CatalogYaml.Write(keeper.Current.Document()), "application/yaml")).Needs(Role.Read);
    }

    private async Task<IResult> ApplyAsync(HttpContext context, bool dryRun, bool prune)
    {
        var document = CatalogText.Document(await CatalogAnswers.BodyAsync(context.Request, context.RequestAborted), out var mistakes);
        return document is null ? CatalogAnswers.Malformed(mistakes) : CatalogAnswers.Of(await keeper.ApplyAsync(document, dryRun, prune, context.RequestAborted));
    }
}
