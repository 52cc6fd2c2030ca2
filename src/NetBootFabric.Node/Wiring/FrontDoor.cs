using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NetBootFabric.Node.Configuration;
using NetBootFabric.Node.Logging;

namespace NetBootFabric.Node.Wiring;

/// <summary>The last to start: clients are answered from here on. The first to hear of an end: no new clients come in, and running transfers end, before anything stops.</summary>
internal sealed class FrontDoor(NodeOptions options, DhcpListening dhcp, PeersService peers, ActorService actors, LeaseService leases, FileServers servers, StartTime start, TimeProvider time, ILogger log) : Subsystem, IHostedLifecycleService
{
    /// <summary>Running transfers get so long to end at SIGTERM; a client cut off then tries again by itself.</summary>
    public static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(20);

    public bool IsOpen { get; private set; }

    public bool WasOpen { get; private set; }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        var known = await actors.KnowClientsAsync();
        dhcp.Server.Start();
        await peers.JoinAsync(cancellationToken);
        IsOpen = WasOpen = true;
        log.Ready((long)time.GetElapsedTime(start.Stamp).TotalMilliseconds, options.Room.Subnets.Sum(subnet => leases.Book.Use(subnet, time.GetUtcNow()).Leased), known);
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        if (!IsOpen) return;
        IsOpen = false;
        log.Draining(servers.Active, (int)DrainTime.TotalSeconds);
        await peers.LeaveAsync();
        dhcp.Server.StopReceiving();
        using var limit = new CancellationTokenSource(DrainTime, time);
        await Task.WhenAll(servers.Tftp?.StopAsync(DrainTime) ?? Task.CompletedTask, servers.Http?.StopAsync(limit.Token) ?? Task.CompletedTask);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>When this head node began to start.</summary>
/// <param name="Stamp">Of the same moment, for measuring.</param>
internal sealed record StartTime(DateTimeOffset At, long Stamp)
{
    public static StartTime Now(TimeProvider time) => new(time.GetUtcNow(), time.GetTimestamp());
}
