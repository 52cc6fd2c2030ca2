using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NetBootFabric.AdminApi;
using NetBootFabric.AdminApi.Why;
using NetBootFabric.Node.Admin;

namespace NetBootFabric.Node.Why;

/// <summary>Why one client does not boot, and all that don't.</summary>
internal sealed class WhyPart(FabricWhy why) : IAdminPart
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(AdminRoutes.Client + "{who}" + WhyRoutes.Suffix, async (string who) => Found(await why.ExplainAsync(who), who)).Needs(Role.Read);
        routes.MapGet(WhyRoutes.All, async () => TypedResults.Json(await why.ReportAsync(), WhyJson.Default.WhyReport)).Needs(Role.Read);
    }

    private static IResult Found(WhyView? view, string who) => view is null
        ? AdminCalls.Error(StatusCodes.Status404NotFound, $"no client '{who}' here: give the MAC address as 52:54:00:12:34:56 or the name of a node entry; pbm clients lists all")
        : TypedResults.Json(view, WhyJson.Default.WhyView);
}
