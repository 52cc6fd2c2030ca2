using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
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

    /// <summary>For everybody, without a token: the files of the page, its sign-in, and whether the node is well. Nothing that tells of the fabric.</summary>
    public static TBuilder NeedsNoToken<TBuilder>(this TBuilder call) where TBuilder : IEndpointConventionBuilder
    {
        call.Add(endpoint => endpoint.Metadata.Add(OpenCall.Instance));
        return call;
    }

    /// <summary>The largest body that it takes, in octets, when that is not <see cref="AdminLimits.Body"/>.</summary>
    public static TBuilder TakesUpTo<TBuilder>(this TBuilder call, long octets) where TBuilder : IEndpointConventionBuilder
    {
        call.Add(endpoint => endpoint.Metadata.Add(new BodyLimit(octets)));
        return call;
    }

    /// <param name="text">A sentence that says what to do.</param>
    public static IResult Error(int status, string text) => TypedResults.Json(new ApiError(text), AdminJson.Default.ApiError, statusCode: status);

    private sealed record BodyLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata
    {
        public BodyLimit(long octets) : this((long?)octets)
        {
        }
    }
}

/// <summary>On an endpoint: the least role of its callers.</summary>
internal sealed record NeededRole(Role Role)
{
    /// <summary>What is not said is for administrators, also where there is no endpoint at all.</summary>
    public static Role Of(Endpoint? endpoint) => endpoint is null ? Role.Read : endpoint.Metadata.GetMetadata<NeededRole>()?.Role ?? Role.Admin;

    public static bool IsOpen(Endpoint? endpoint) => endpoint?.Metadata.GetMetadata<OpenCall>() is not null;
}

/// <summary>On an endpoint: callers show no token.</summary>
internal sealed record OpenCall
{
    public static readonly OpenCall Instance = new();
}
