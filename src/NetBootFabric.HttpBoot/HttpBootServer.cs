using System.Net;
using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Events;
using NetBootFabric.Boot.Flight;
using NetBootFabric.Boot.Storms;
using NetBootFabric.Boot.Transfers;
using NetBootFabric.HttpBoot.Admission;
using NetBootFabric.HttpBoot.Connections;
using NetBootFabric.HttpBoot.Serving;
using NetBootFabric.HttpBoot.Transfers;
using NetBootFabric.Sockets;

namespace NetBootFabric.HttpBoot;

/// <summary>
/// Serves boot content over HTTP/1.1 (RFC 9110, 9112) and takes the reports of booted systems. A few threads, each with an epoll instance; files go from the page cache to the socket.
/// </summary>
public sealed class HttpBootServer : IAsyncDisposable
{
    // A room that is switched on at once connects at once: with a short backlog the kernel drops handshakes that clients believe
    // complete. The kernel cuts this to net.core.somaxconn.
    private const int ListenBacklog = 65_535;

    private readonly HttpBootOptions _options;
    private readonly HttpServices _services;
    private readonly Door _door = new();
    private bool _isDisposed;

    /// <param name="racks">Whose turn it is when downloads have to wait; null: first come, first served.</param>
    /// <param name="uplink">Told what is to be sent and what is.</param>
    public HttpBootServer(HttpBootOptions options, IBootContent content, IBootEvents events, TimeProvider time, IFlightRecorder? recorder = null, IRacks? racks = null, UplinkMeter? uplink = null)
    {
        _options = options;
        _services = new HttpServices(options, content, new SystemReports(events, time), new TransferJournal(events, time), recorder ?? NoFlightRecorder.Instance,
            new ConnectionQuota(options.MaximumConnections, options.MaximumConnectionsPerClient), new SharedGate(racks ?? OneRack.Instance, time), uplink ?? new UplinkMeter(time), time);
    }

    /// <summary>Where it listens, once started: port 0 is then the real one.</summary>
    public IReadOnlyList<IPEndPoint> Endpoints => [.. _door.Listeners.Select(listener => listener.Endpoint)];

    /// <summary>Whether connections are taken and served.</summary>
    public bool IsRunning => _door.Loops.Count > 0 && _door.Loops.All(loop => !loop.Ended.IsCompleted);

    /// <summary>Downloads that run, those that wait for their turn among them.</summary>
    public int Active => _door.Loops.Sum(loop => loop.Downloading);

    /// <summary>Downloads that wait, since the uplink has more to carry than it can.</summary>
    public int Held => _services.Gate.Held;

    /// <summary>Downloads wait, or are paced to what the uplink carries.</summary>
    public bool IsFull => _services.Gate.IsFull;

    /// <summary>Mistakes of our own that requests met; the connection was closed, and the rest went on.</summary>
    public long Faults => _services.Faults.Count;
    public Exception? LastFault => _services.Faults.Last;

    /// <summary>
    /// The ends of the connections on which a file or a script was asked for that long ago or longer, and is not wholly sent yet. For whoever takes an address over:
    /// see <c>ConnectionProbe</c>.
    /// </summary>
    public IReadOnlyList<HttpDownload> Downloads(TimeSpan atLeast) => [.. _door.Loops.SelectMany(loop => loop.DownloadsOlderThan(atLeast))];

    /// <exception cref="SocketSetupException">An address is in use, or not ours.</exception>
    public Task StartAsync(CancellationToken cancellation)
    {
        _door.Listeners =
        [
            .. _options.Listen.Select(endpoint => StreamListener.Listen(endpoint, ListenBacklog)),
            .. _options.Bound.Select(socket => StreamListener.Listen(socket, ListenBacklog)),
        ];
        _door.Loops = [.. Enumerable.Range(0, _options.Threads).Select(_ => new HttpLoop(_services, _door))];
        for (var i = 0; i < _door.Loops.Count; i++) _door.Loops[i].Start(i);
        return Task.CompletedTask;
    }

    /// <summary>Takes no more connections, and lets running downloads end until <paramref name="cancellation"/>.</summary>
    public async Task StopAsync(CancellationToken cancellation)
    {
        if (_isDisposed) return;
        foreach (var loop in _door.Loops) loop.Drain();
        await Task.WhenAll(_door.Loops.Select(loop => loop.Closed)).ConfigureAwait(false);
        _door.Dispose();
        await using var registration = cancellation.Register(Abort).ConfigureAwait(false);
        await Task.WhenAll(_door.Loops.Select(loop => loop.Ended)).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(new CancellationToken(canceled: true)).ConfigureAwait(false);
        if (_isDisposed) return;
        _isDisposed = true;
        foreach (var loop in _door.Loops) loop.Dispose();
    }

    private void Abort()
    {
        foreach (var loop in _door.Loops) loop.Abort();
    }
}
