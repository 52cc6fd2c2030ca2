using Akka.Hosting;
using Akka.Hosting.Logging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NetBootFabric.Node.Logging;

namespace NetBootFabric.Node.Wiring;

/// <summary>
/// The actor system, in a host of its own inside the process. One that ends by itself, since the cluster downed it, is built anew from the same parts, while sockets, the lease book and the boards
/// live on.
/// </summary>
internal sealed class ActorHost(IReadOnlyList<IAkkaPart> parts, ILoggerFactory logs, TimeProvider time) : IAsyncDisposable
{
    public const string SystemName = "fabric";

    /// <summary>What can't be built now may be built later: the port may still be taken by what went.</summary>
    private static readonly TimeSpan RetryTime = TimeSpan.FromMilliseconds(250);

    private readonly ILogger _log = logs.CreateLogger("actors");
    private readonly CancellationTokenSource _end = new();
    private IHost? _host;
    private Task _watch = Task.CompletedTask;
    private long _since = time.GetTimestamp();

    /// <summary>The present one; null while there is none.</summary>
    public ActorSystem? System { get; private set; }

    /// <summary>The services beside the present actor system; null while there is none.</summary>
    public IServiceProvider? Services => System is null ? null : _host?.Services;

    /// <summary>This head node has left: no other system is to come before its next start.</summary>
    public bool IsOver => parts.Any(static part => part.IsOver);

    /// <summary>Done when no other system is to come.</summary>
    public Task Watched => _watch;

    /// <summary>How long there has been none; zero while there is one, and when there is to be none.</summary>
    public TimeSpan DownFor => System is null && !IsOver ? time.GetElapsedTime(Volatile.Read(ref _since)) : TimeSpan.Zero;

    public async Task StartAsync(CancellationToken cancellation)
    {
        await BuildAsync(cancellation);
        _watch = WatchAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await EndAsync();
        await _watch;
        _end.Dispose();
    }

    private async Task BuildAsync(CancellationToken cancellation)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.Replace(ServiceDescriptor.Singleton(logs));
        builder.Services.Replace(ServiceDescriptor.Singleton<IHostLifetime, InnerLifetime>());
        builder.Services.AddHealthChecks();
        builder.Services.AddAkka(SystemName, akka =>
        {
            akka.AddSetup(new LoggerFactorySetup(logs));
            foreach (var part in parts) part.Configure(akka);
        });
        _host = builder.Build();
        await _host.StartAsync(cancellation);
        System = _host.Services.GetRequiredService<ActorSystem>();
    }

    private async Task WatchAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            if (System is { } running)
            {
                await running.WhenTerminated;
                if (_end.IsCancellationRequested) return;
                if (!IsOver) _log.ActorsEnded(CoordinatedShutdown.Get(running).ShutdownReason?.GetType().Name ?? "unknown");
            }
            await EndAsync();
            if (IsOver) return;
            await TryBuildAsync();
        }
    }

    private async Task TryBuildAsync()
    {
        try
        {
            await BuildAsync(_end.Token);
        }
        catch (Exception fault) when (!_end.IsCancellationRequested)
        {
            _log.ActorsNotBuilt(fault);
            await Task.Delay(RetryTime, time, _end.Token).ContinueWith(static _ => { }, TaskScheduler.Default);
        }
        catch (OperationCanceledException)
        {
            // It is over.
        }
    }

    private async Task EndAsync()
    {
        if (System is not null) Volatile.Write(ref _since, time.GetTimestamp());
        System = null;
        if (Interlocked.Exchange(ref _host, null) is not { } host) return;
        await host.StopAsync();
        host.Dispose();
    }

    /// <summary>Signals are for the outer host.</summary>
    private sealed class InnerLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
