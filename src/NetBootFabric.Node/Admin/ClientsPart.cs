using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NetBootFabric.AdminApi;

namespace NetBootFabric.Node.Admin;

/// <summary>The clients: all, one, and their phases as they are entered.</summary>
internal sealed class ClientsPart(FabricQueries fabric, WatchFeed feed) : IAdminPart
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(AdminRoutes.Clients, async (HttpRequest request) => ClientFilter.Parse(request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString()), out var mistake) is { } filter
            ? TypedResults.Json(await fabric.ClientsAsync(filter), AdminJson.Default.IReadOnlyListClientSummary)
            : AdminCalls.Error(StatusCodes.Status400BadRequest, mistake!)).Needs(Role.Read);
        routes.MapGet(AdminRoutes.Client + "{who}", async (string who, CancellationToken cancellation) => Found(await fabric.ClientAsync(who, cancellation), who)).Needs(Role.Read);
        routes.MapGet(AdminRoutes.Watch, (bool? all, CancellationToken cancellation) => TypedResults.ServerSentEvents(feed.ReadAsync(all ?? false, cancellation))).Needs(Role.Read);
    }

    private static IResult Found(ClientDetail? client, string who) => client is null
        ? AdminCalls.Error(StatusCodes.Status404NotFound, $"no client '{who}' here: give the MAC address as 52:54:00:12:34:56 or the name of a node entry; pbm clients lists all")
        : TypedResults.Json(client, AdminJson.Default.ClientDetail);
}
