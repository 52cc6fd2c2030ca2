using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NetBootFabric.AdminApi;

namespace NetBootFabric.Node.Admin;

/// <summary>The head nodes: this one, all of them, their shards; reload and leave.</summary>
internal sealed class HeadPart(AdminQueries own, FabricQueries fabric, Func<ReloadResult> reload, Func<string, Task<string?>> leave) : IAdminPart
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(AdminRoutes.Status, () => TypedResults.Json(own.Status(), AdminJson.Default.StatusView)).Needs(Role.Read);
        routes.MapGet(AdminRoutes.Cluster, () => TypedResults.Json(fabric.Cluster(), AdminJson.Default.ClusterView)).Needs(Role.Read);
        routes.MapGet(AdminRoutes.Shards, async () => TypedResults.Json(await fabric.ShardsAsync(), AdminJson.Default.IReadOnlyListShardView)).Needs(Role.Read);
        routes.MapPost(AdminRoutes.Leave + "{name}", async (string name) => Left(await leave(name), name)).Needs(Role.Admin);
        routes.MapPost(AdminRoutes.Reload, () => TypedResults.Json(reload(), AdminJson.Default.ReloadResult)).Needs(Role.Admin);
    }

    /// <param name="refusal">Why it does not leave; null: it does.</param>
    private static IResult Left(string? refusal, string name) => refusal is null
        ? TypedResults.Json(new LeaveResult($"{name} gives its clients to the others and leaves; pbm cluster members shows how far it is"), AdminJson.Default.LeaveResult)
        : AdminCalls.Error(StatusCodes.Status409Conflict, refusal);
}
