using System.Net;
using Microsoft.AspNetCore.Http;
using NetBootFabric.AdminApi;
using NetBootFabric.AdminApi.Access;
using NetBootFabric.Node.Admin;

namespace NetBootFabric.Node.Access;

/// <summary>Why a call is not let through, and what to do.</summary>
internal static class AccessRefusals
{
    public static IResult None(HttpContext context)
    {
        ShownToken.Ask(context);
        return AdminCalls.Error(StatusCodes.Status401Unauthorized,
            "this call needs a token: on the head node itself pbm finds one when root runs it; for elsewhere make one there with 'pbm token new NAME --role read', and show it with --token-file or PBM_TOKEN");
    }

    public static IResult Unknown(HttpContext context)
    {
        ShownToken.Ask(context);
        return AdminCalls.Error(StatusCodes.Status401Unauthorized, "this token is not known here: it was removed, or is another fabric's; 'pbm token list' on the head node itself names those there are");
    }

    public static IResult TooLittle(AccessToken token, Role needed) => AdminCalls.Error(StatusCodes.Status403Forbidden,
        $"the token '{token.Name}' has the role {AccessToken.Word(token.Role)}, and this call needs {AccessToken.Word(needed)}: use another, or make one with 'pbm token new NAME --role {AccessToken.Word(needed)}'");

    public static IResult NotOurs() => AdminCalls.Error(StatusCodes.Status403Forbidden,
        $"a call that changes something and comes with a cookie needs the header {AccessRoutes.RequestedWithHeader}: {AccessRoutes.RequestedWith}, which only this fabric's own page sends");

    public static IResult TooMany(IPAddress? from) => AdminCalls.Error(StatusCodes.Status429TooManyRequests, $"too many wrong tokens from {from}: wait a few seconds");
}
