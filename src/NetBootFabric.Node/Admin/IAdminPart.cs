using Microsoft.AspNetCore.Routing;

namespace NetBootFabric.Node.Admin;

/// <summary>One feature's calls of the admin API.</summary>
internal interface IAdminPart
{
    void Map(IEndpointRouteBuilder routes);
}
