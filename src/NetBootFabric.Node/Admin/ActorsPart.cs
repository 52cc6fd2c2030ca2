using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NetBootFabric.AdminApi;

namespace NetBootFabric.Node.Admin;

/// <summary>What an engineer who knows Akka.NET asks of it: who leads, where the regions are, which actors there are.</summary>
internal sealed class ActorsPart(IActorInspection actors) : IAdminPart
{
    private const int UsualDepth = 4;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(AdminRoutes.Leader, () => TypedResults.Json(actors.Leader(), AdminJson.Default.LeaderView)).Needs(Role.Read);
        routes.MapGet(AdminRoutes.Regions, async () => TypedResults.Json(await actors.RegionsAsync(), AdminJson.Default.IReadOnlyListRegionView)).Needs(Role.Read);
        routes.MapGet(AdminRoutes.Actors, (string? start, int? depth) => Found(actors.Hierarchy(start, Math.Clamp(depth ?? UsualDepth, 0, 20)), start)).Needs(Role.Read);
    }

    private static IResult Found(IReadOnlyList<ActorLine>? lines, string? start) => lines is null
        ? AdminCalls.Error(StatusCodes.Status404NotFound, $"there is no actor {start}; without a start all are shown")
        : TypedResults.Json(lines, AdminJson.Default.IReadOnlyListActorLine);
}
