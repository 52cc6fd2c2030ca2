using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using NetBootFabric.AdminApi;

namespace NetBootFabric.Node.Admin;

/// <summary>The admin API over HTTP: what pbm asks. Listens on its own address, never on the clients' networks unless told so.</summary>
internal sealed class AdminServer(AdminQueries own, FabricQueries fabric, WatchFeed feed, Func<ReloadResult> reload, Func<string, Task<string?>> leave) : IAsyncDisposable
{
    private WebApplication? _app;

    /// <summary>Where it listens, once started: port 0 is then the real one.</summary>
    public Uri Address => new(_app!.Urls.First());

    public async Task StartAsync(IPEndPoint listen, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(listen);
        });
        builder.Services.AddRoutingCore();
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, AdminJson.Default));
        _app = builder.Build();
        Map(_app);
        await _app.StartAsync(cancellation);
    }

    private void Map(WebApplication app)
    {
        app.MapGet(AdminRoutes.Status, () => TypedResults.Json(own.Status(), AdminJson.Default.StatusView));
        app.MapGet(AdminRoutes.Clients, async (string? phase) => TypedResults.Json(await fabric.ClientsAsync(phase), AdminJson.Default.IReadOnlyListClientSummary));
        app.MapGet(AdminRoutes.Client + "{who}", async (string who, CancellationToken cancellation) => Found(await fabric.ClientAsync(who, cancellation), who));
        app.MapGet(AdminRoutes.Watch, (bool? all, CancellationToken cancellation) => TypedResults.ServerSentEvents(feed.ReadAsync(all ?? false, cancellation)));
        app.MapGet(AdminRoutes.Cluster, () => TypedResults.Json(fabric.Cluster(), AdminJson.Default.ClusterView));
        app.MapGet(AdminRoutes.Shards, async () => TypedResults.Json(await fabric.ShardsAsync(), AdminJson.Default.IReadOnlyListShardView));
        app.MapPost(AdminRoutes.Leave + "{name}", async (string name) => Left(await leave(name), name));
        app.MapPost(AdminRoutes.Reload, () => TypedResults.Json(reload(), AdminJson.Default.ReloadResult));
        app.MapFallback(() => Error(StatusCodes.Status404NotFound, $"no such call; this API begins at {AdminRoutes.Status}"));
    }

    private static IResult Found(ClientDetail? client, string who) => client is null
        ? Error(StatusCodes.Status404NotFound, $"no client '{who}' here: give the MAC address as 52:54:00:12:34:56 or the name of a node entry; pbm clients lists all")
        : TypedResults.Json(client, AdminJson.Default.ClientDetail);

    /// <param name="refusal">Why it does not leave; null: it does.</param>
    private static IResult Left(string? refusal, string name) => refusal is null
        ? TypedResults.Json(new LeaveResult($"{name} gives its clients to the others and leaves; pbm cluster members shows how far it is"), AdminJson.Default.LeaveResult)
        : Error(StatusCodes.Status409Conflict, refusal);

    private static IResult Error(int status, string text) => TypedResults.Json(new ApiError(text), AdminJson.Default.ApiError, statusCode: status);

    /// <summary>Streams end at once; running answers are finished.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_app is null) return;
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _app.StopAsync(soon.Token);
        await _app.DisposeAsync();
    }
}
