using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NetBootFabric.AdminApi;
using NetBootFabric.AdminApi.Access;
using NetBootFabric.Node.Admin;

namespace NetBootFabric.Node.Access;

/// <summary>The tokens of the fabric: listed, made, removed.</summary>
internal sealed class TokensPart(TokenKeeper tokens) : IAdminPart
{
    private const int LongestName = 64;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(AccessRoutes.Tokens, () => TypedResults.Json<IReadOnlyList<TokenView>>([.. tokens.All.Select(View)], AccessJson.Default.IReadOnlyListTokenView)).Needs(Role.Admin);
        routes.MapPost(AccessRoutes.Tokens, MakeAsync).Needs(Role.Admin);
        routes.MapDelete(AccessRoutes.Token + "{name}", RemoveAsync).Needs(Role.Admin);
    }

    private async Task<IResult> MakeAsync(TokenWish wish, CancellationToken cancellation)
    {
        if (!IsName(wish.Name)) return AdminCalls.Error(StatusCodes.Status400BadRequest, $"a token's name has up to {LongestName} letters, digits, '-', '_' and '.', and is not {LocalToken.Name}: say for whom or what it is");
        if (AccessToken.RoleOf(wish.Role) is not { } role) return AdminCalls.Error(StatusCodes.Status400BadRequest, "a token's role is read, operate or admin");
        if (await tokens.MakeAsync(wish.Name, role, cancellation) is not { } secret) return AdminCalls.Error(StatusCodes.Status409Conflict, $"there is a token '{wish.Name}': choose another name, or remove it first: pbm token rm {wish.Name}");
        return TypedResults.Json(new TokenMade(wish.Name, AccessToken.Word(role), secret), AccessJson.Default.TokenMade, statusCode: StatusCodes.Status201Created);
    }

    private async Task<IResult> RemoveAsync(string name, CancellationToken cancellation) => await tokens.RemoveAsync(name, cancellation) is { } removed
        ? TypedResults.Json(View(removed), AccessJson.Default.TokenView)
        : AdminCalls.Error(StatusCodes.Status404NotFound, $"there is no token '{name}'; pbm token list shows all");

    private static TokenView View(AccessToken token) => new(token.Name, AccessToken.Word(token.Role), token.Made);

    private static bool IsName(string? name) =>
        name is { Length: > 0 and <= LongestName } && name != LocalToken.Name && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}
