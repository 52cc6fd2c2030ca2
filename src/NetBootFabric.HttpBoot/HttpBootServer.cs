using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Events;
using NetBootFabric.Boot.Flight;
using NetBootFabric.Boot.Transfers;
using NetBootFabric.HttpBoot.Connections;
using NetBootFabric.HttpBoot.Transfers;

namespace NetBootFabric.HttpBoot;

/// <summary>
/// Serves boot content over HTTP/1.1 and takes the reports of booted systems: Kestrel, with nothing between its connections and
/// <see cref="IBootContent"/>.
/// </summary>
public sealed class HttpBootServer : IAsyncDisposable
{
    // A room that is switched on at once connects at once: Kestrel's 512 overflow, and then the kernel drops handshakes that clients believe
    // complete. The kernel cuts this to net.core.somaxconn.
    private const int ListenBacklog = 65_535;

    private readonly KestrelServer _kestrel;
    private readonly HttpBootApplication _application;
    private readonly RunningDownloads _running;
    private readonly ConnectionQuota _quota;

    public HttpBootServer(HttpBootOptions options, IBootContent content, IBootEvents events, TimeProvider time, IFlightRecorder? recorder = null)
    {
        _quota = new ConnectionQuota(options.MaximumConnections, options.MaximumConnectionsPerClient);
        var journal = new TransferJournal(events, time);
        _running = new RunningDownloads(time);
        _application = new HttpBootApplication(content, new SystemReports(events, time), journal, _running, new ContentSender(options.SlowReaderGrace), time, recorder ?? NoFlightRecorder.Instance);
        var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions { Backlog = ListenBacklog, CreateBoundListenSocket = BoundEndPoint.Open }), NullLoggerFactory.Instance);
        // What a client does wrong is counted; Kestrel would write a line about each.
        _kestrel = new KestrelServer(Options.Create(Configure(options)), transport, NullLoggerFactory.Instance);
    }

    /// <summary>Where it listens, once started: port 0 is then the real one.</summary>
    public IReadOnlyList<IPEndPoint> Endpoints =>
        [.. _kestrel.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Select(address => new Uri(address)).Select(uri => new IPEndPoint(IPAddress.Parse(uri.Host), uri.Port))];

    /// <summary>Downloads that run.</summary>
    public int Active => _running.Count;

    /// <summary>
    /// The ends of the connections on which a file or a script was asked for that long ago or longer, and is not wholly sent yet. For whoever takes an address over:
    /// see <c>ConnectionProbe</c>.
    /// </summary>
    public IReadOnlyList<HttpDownload> Downloads(TimeSpan atLeast) => _running.OlderThan(atLeast);

    /// <exception cref="IOException">An address is in use, or not ours.</exception>
    public Task StartAsync(CancellationToken cancellation) => _kestrel.StartAsync(_application, cancellation);

    /// <summary>Takes no more connections, and lets running downloads end until <paramref name="cancellation"/>.</summary>
    public Task StopAsync(CancellationToken cancellation) => _kestrel.StopAsync(cancellation);

    public ValueTask DisposeAsync()
    {
        _kestrel.Dispose();
        return ValueTask.CompletedTask;
    }

    private KestrelServerOptions Configure(HttpBootOptions options)
    {
        var kestrel = new KestrelServerOptions { AddServerHeader = false };
        var limits = kestrel.Limits;
        limits.MaxRequestHeadersTotalSize = options.MaximumHeaderBytes;
        limits.MaxRequestLineSize = Math.Min(limits.MaxRequestLineSize, options.MaximumHeaderBytes);
        limits.MaxRequestBufferSize = options.MaximumHeaderBytes;
        limits.MaxRequestHeaderCount = 64;
        limits.MaxRequestBodySize = 64 * 1024; // a report, with room
        limits.MaxResponseBufferSize = ContentSender.ChunkSize;
        limits.RequestHeadersTimeout = options.HeaderTimeout;
        limits.KeepAliveTimeout = options.KeepAliveTimeout;
        limits.MinResponseDataRate = new MinDataRate(options.MinimumBytesPerSecond, options.SlowReaderGrace);
        foreach (var endpoint in options.Listen.Concat(options.Bound.Select(socket => new BoundEndPoint(socket)))) kestrel.Listen(endpoint, listen => Limit(listen));
        return kestrel;
    }

    private void Limit(ListenOptions listen)
    {
        listen.Protocols = HttpProtocols.Http1;
        listen.Use(next => connection => AdmitAsync(connection, next));
    }

    private async Task AdmitAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var client = (connection.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None;
        if (!_quota.TryEnter(client))
        {
            HttpBootMetrics.RefuseConnection();
            connection.Abort();
            return;
        }
        HttpBootMetrics.Connections.Add(1);
        try
        {
            await next(connection).ConfigureAwait(false);
        }
        finally
        {
            _quota.Leave(client);
            HttpBootMetrics.Connections.Add(-1);
        }
    }
}
