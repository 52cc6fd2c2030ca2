using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace NetBootFabric.Node.Wiring;

internal sealed partial class ActorService
{
    public Task<HealthCheckResult> CheckActorsAsync(CancellationToken cancellation) => Task.FromResult(HealthCheckResult.Healthy());

    public Task<HealthCheckResult> CheckClusterAsync(CancellationToken cancellation) =>
        Task.FromResult(cluster.Membership is null || cluster.Membership.Tenure() != 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("no member of the cluster: nobody is served"));
}
