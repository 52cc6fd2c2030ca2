using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using NetBootFabric.AdminApi;

namespace NetBootFabric.Node.Admin;

/// <summary>The admin API over HTTP: what pbm asks. Listens on its own address, never on the clients' networks unless told so.</summary>
internal sealed class AdminServer(IReadOnlyList<IAdminPart> parts) : IAsyncDisposable
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
        foreach (var part in parts) part.Map(_app);
        _app.MapFallback(() => AdminCalls.Error(StatusCodes.Status404NotFound, $"no such call; this API begins at {AdminRoutes.Status}"));
        await _app.StartAsync(cancellation);
    }

    /// <summary>Streams end at once; running answers are finished.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_app is null) return;
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _app.StopAsync(soon.Token);
        await _app.DisposeAsync();
    }
}
