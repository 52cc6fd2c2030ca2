using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using NetBootFabric.Node.Health;

namespace NetBootFabric.Node.Wiring;

// Akka.Hosting's own checks, and those that parts have added to the actor system's host, under our two names.
internal sealed partial class ActorService
{
    private static readonly TimeSpan Rebuilding = TimeSpan.FromSeconds(30);

    /// <summary>One that is built anew is no reason to restart the process, unless it takes long; nor is it one to have left.</summary>
    public async Task<HealthCheckResult> CheckActorsAsync(CancellationToken cancellation)
    {
        if (Host.IsOver) return HealthCheckResult.Degraded("has left the cluster, and comes back at its next start");
        if (Host.Services is not { } services) return Host.DownFor < Rebuilding ? HealthCheckResult.Degraded("the actor system is being built anew") : HealthCheckResult.Unhealthy("the actor system can't be built");
        if (await WorstAsync(services, HealthRounds.Live, cancellation) == HealthStatus.Unhealthy) return HealthCheckResult.Unhealthy("the actor system has ended");
        try
        {
            await Region.Ask<ActorIdentity>(new Identify(null), cancellation);
            return HealthCheckResult.Healthy();
        }
        catch (Exception silent) when (silent is AskTimeoutException or OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy("the region of the clients does not answer");
        }
    }

    public async Task<HealthCheckResult> CheckClusterAsync(CancellationToken cancellation) =>
        Host.Services is { } services && await WorstAsync(services, HealthRounds.Ready, cancellation) != HealthStatus.Unhealthy
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("no member of the cluster: nobody is served");

    private static async Task<HealthStatus> WorstAsync(IServiceProvider services, string tag, CancellationToken cancellation) =>
        (await services.GetRequiredService<HealthCheckService>().CheckHealthAsync(check => check.Tags.Contains(tag), cancellation)).Status;
}
