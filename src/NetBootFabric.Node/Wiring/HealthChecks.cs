using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using NetBootFabric.Node.Configuration;
using NetBootFabric.Node.Health;

namespace NetBootFabric.Node.Wiring;

/// <summary>What a head node is asked when somebody wants to know how it is. Sentences are for strangers: they name no client, no address, no database.</summary>
internal static class HealthChecks
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static void AddNodeHealth(this IServiceCollection services)
    {
        services.AddSingleton<HealthRounds>();
        services.AddHealthChecks()
            .AddCheck<ActorsCheck>("actors", tags: [HealthRounds.Live, HealthRounds.Ready], timeout: Patience)
            .AddCheck<ListenersCheck>("listeners", tags: [HealthRounds.Live, HealthRounds.Ready], timeout: Patience)
            .AddCheck<ClusterCheck>("cluster", tags: [HealthRounds.Ready], timeout: Patience)
            .AddCheck<ServingCheck>("serving", tags: [HealthRounds.Ready], timeout: Patience)
            .AddCheck<StoreCheck>("store", tags: [HealthRounds.Ready], timeout: Patience);
    }
}

/// <summary>The actor system answers.</summary>
internal sealed class ActorsCheck(ActorService actors) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => actors.CheckActorsAsync(cancellationToken);
}

/// <summary>It is a member, among others or alone.</summary>
internal sealed class ClusterCheck(ActorService actors) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => actors.CheckClusterAsync(cancellationToken);
}

/// <summary>Every socket that clients speak to is listened to. While the node starts or drains, some are not yet, or no more.</summary>
internal sealed class ListenersCheck(NodeOptions options, FrontDoor door, DhcpListening dhcp, FileServers servers) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(door.IsOpen && Ended().ToList() is { Count: > 0 } ended ? HealthCheckResult.Unhealthy($"no longer listened to: {string.Join(", ", ended)}") : HealthCheckResult.Healthy());

    private IEnumerable<string> Ended()
    {
        if (!dhcp.Server.IsRunning) yield return "DHCP";
        if (servers.Http is not { IsRunning: true }) yield return "HTTP";
        if (options.Tftp.Enabled && servers.Tftp is not { IsRunning: true }) yield return "TFTP";
    }
}

/// <summary>The start is over, and no end was asked for.</summary>
internal sealed class ServingCheck(FrontDoor door) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(door.IsOpen ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(door.WasOpen ? "drains: no new clients are taken" : "starts"));
}

/// <summary>New leases can be written. While they can't, known clients boot all the same.</summary>
internal sealed class StoreCheck(StoreService store) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(store.Works ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded("the store can't be written: known clients boot, new leases wait for it"));
}
