using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NetBootFabric.AdminApi;
using NetBootFabric.Node.Admin;

namespace NetBootFabric.Node.Metrics;

/// <summary>GET /metrics: what Prometheus scrapes, of this head node alone.</summary>
internal sealed class MetricsPart(MetricCollector metrics) : IAdminPart
{
    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(AdminRoutes.Metrics, () => TypedResults.Text(metrics.Read(PrometheusText.Write), PrometheusText.ContentType, Encoding.UTF8)).Needs(Role.Read);
}
