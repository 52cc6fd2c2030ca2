using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NetBootFabric.AdminApi;
using NetBootFabric.AdminApi.Access;

namespace NetBootFabric.Node.Admin.OpenApi;

/// <summary>The document of all calls.</summary>
/// <param name="calls">Asked once all are there.</param>
internal sealed class OpenApiPart(Func<IReadOnlyList<Endpoint>> calls) : IAdminPart
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var document = new Lazy<string>(() => OpenApiDocument.Of(calls()).ToJsonString());
        routes.MapGet(AccessRoutes.OpenApi, () => TypedResults.Text(document.Value, "application/json")).Needs(Role.Read);
    }
}
