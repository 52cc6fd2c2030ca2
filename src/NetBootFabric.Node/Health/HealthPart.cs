using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using NetBootFabric.AdminApi;
using NetBootFabric.Node.Admin;

namespace NetBootFabric.Node.Health;

/// <summary>Liveness and readiness, for load balancers, monitors and orchestrators: they have no token.</summary>
internal sealed class HealthPart(HealthRounds rounds) : IAdminPart
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(AdminRoutes.Live, async () => Answer(await rounds.LiveAsync())).NeedsNoToken();
        routes.MapGet(AdminRoutes.Ready, async () => Answer(await rounds.ReadyAsync())).NeedsNoToken();
    }

    private static IResult Answer(HealthReport report) => TypedResults.Json(
        new HealthView(Word(report.Status), [.. report.Entries.OrderBy(each => each.Key, StringComparer.Ordinal).Select(each => new HealthCheckView(each.Key, Word(each.Value.Status), Says(each.Value)))]),
        AdminJson.Default.HealthView,
        statusCode: report.Status == HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);

    /// <summary>A check that failed by an exception or took too long says no more than that: such texts may name things.</summary>
    private static string? Says(HealthReportEntry entry) => entry.Exception is null ? entry.Description : "the check itself failed, see the log";

    private static string Word(HealthStatus status) => status.ToString().ToLowerInvariant();
}
