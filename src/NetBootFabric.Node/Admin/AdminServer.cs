using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NetBootFabric.AdminApi;
using NetBootFabric.AdminApi.Access;
using NetBootFabric.Node.Access;
using NetBootFabric.Node.Admin.OpenApi;

namespace NetBootFabric.Node.Admin;

/// <summary>The admin API over HTTP: what pbm and the page ask. Listens on its own addresses, never on the clients' networks.</summary>
internal sealed class AdminServer(IReadOnlyList<IAdminPart> parts, AccessGate gate, ILogger log, AdminLimits? limits = null) : IAsyncDisposable
{
    private readonly AdminLimits _limits = limits ?? new AdminLimits();
    private WebApplication? _app;

    /// <summary>Where it listens, once started: port 0 is then the real one.</summary>
    public IReadOnlyList<Uri> Addresses => [.. _app!.Urls.Distinct().Select(url => new Uri(url))];

    /// <summary>All calls there are.</summary>
    public IReadOnlyList<Endpoint> Calls => [.. ((IEndpointRouteBuilder)_app!).DataSources.SelectMany(source => source.Endpoints)];

    public async Task StartAsync(IReadOnlyList<AdminDoor> doors, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel => Configure(kestrel, doors));
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Services.Configure<SocketTransportOptions>(sockets => sockets.CreateBoundListenSocket = Open);
        builder.Services.AddRoutingCore();
        builder.Services.Configure<RouteHandlerOptions>(calls => calls.ThrowOnBadRequest = true);
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, AdminJson.Default));
        _app = builder.Build();
        _app.Use(SecurityHeaders.AddAsync);
        _app.Use(new AdminFaults(log).GuardAsync);
        _app.UseRouting();
        _app.Use(gate.PassAsync);
        foreach (var part in parts) part.Map(_app);
        new OpenApiPart(() => Calls).Map(_app);
        // No route of its own: it would take the calls whose content type or method is refused.
        _app.UseEndpoints(static _ => { });
        _app.Run(static call => AdminCalls.Error(StatusCodes.Status404NotFound, $"no such call; {AccessRoutes.OpenApi} lists all").ExecuteAsync(call));
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

    private void Configure(KestrelServerOptions kestrel, IReadOnlyList<AdminDoor> doors)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = AdminLimits.Body;
        kestrel.Limits.MaxConcurrentConnections = _limits.Connections;
        kestrel.Limits.RequestHeadersTimeout = _limits.Patience;
        kestrel.Limits.MinResponseDataRate = new MinDataRate(_limits.SlowestReader, _limits.Patience);
        foreach (var door in doors) door.Open(kestrel);
    }

    /// <summary>What is accepted here has these settings from its listener: little memory for a reader that takes nothing, and an end for one that is gone without a word.</summary>
    private Socket Open(EndPoint endpoint)
    {
        var socket = BoundEndPoint.Open(endpoint);
        socket.SendBufferSize = _limits.SendBuffer;
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 30);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 10);
        return socket;
    }
}
