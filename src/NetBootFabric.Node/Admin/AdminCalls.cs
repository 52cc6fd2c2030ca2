using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using NetBootFabric.AdminApi;

namespace NetBootFabric.Node.Admin;

/// <summary>What every part of the admin API uses to say who may call and what went wrong.</summary>
internal static class AdminCalls
{
    /// <summary>Whoever calls it has at least this role. A call without it is for administrators only.</summary>
    public static TBuilder Needs<TBuilder>(this TBuilder call, Role role) where TBuilder : IEndpointConventionBuilder
    {
        call.Add(endpoint => endpoint.Metadata.Add(new NeededRole(role)));
        return call;
    }

    /// <param name="text">A sentence that says what to do.</param>
    public static IResult Error(int status, string text) => TypedResults.Json(new ApiError(text), AdminJson.Default.ApiError, statusCode: status);
}

/// <summary>On an endpoint: the least role of its callers.</summary>
internal sealed record NeededRole(Role Role);
