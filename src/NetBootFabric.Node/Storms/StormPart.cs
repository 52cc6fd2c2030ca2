using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NetBootFabric.AdminApi;
using NetBootFabric.AdminApi.Storms;
using NetBootFabric.Node.Admin;

namespace NetBootFabric.Node.Storms;

/// <summary>The storm: how far it is, who is behind, what failed.</summary>
internal sealed class StormPart(FabricStorm storm) : IAdminPart
{
    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(StormRoutes.Storm, async () => TypedResults.Json(await storm.NowAsync(), StormJson.Default.StormView)).Needs(Role.Read);
}
