using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using NetBootFabric.AdminApi;
using NetBootFabric.AdminApi.Catalog;

namespace NetBootFabric.Node.Catalog;

/// <summary>Outcomes of changes as answers of the admin API.</summary>
internal static class CatalogAnswers
{
    public static IResult Of(CatalogOutcome outcome) => outcome.Refusal is { } refusal ? Of(refusal) : TypedResults.Json(outcome.Done!, CatalogJson.Default.ApplyResult);

    public static IResult Of(CatalogRefusal refusal) => refusal.Status == StatusCodes.Status412PreconditionFailed
        ? TypedResults.Json(new CatalogConflict(refusal.Error, refusal.Current), CatalogJson.Default.CatalogConflict, statusCode: refusal.Status)
        : TypedResults.Json(new ApiError(refusal.Error, refusal.Mistakes), AdminJson.Default.ApiError, statusCode: refusal.Status);

    public static IResult Malformed(IReadOnlyList<string> mistakes) => Of(CatalogRefusal.Of(StatusCodes.Status400BadRequest, mistakes));

    /// <summary>One entry with its ETag.</summary>
    public static IResult Entry<T>(HttpContext context, T view, long revision, JsonTypeInfo<T> type)
    {
        context.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{revision}\"");
        return TypedResults.Json(view, type);
    }

    public static JsonElement Element<T>(T view, JsonTypeInfo<T> type) => JsonSerializer.SerializeToElement(view, type);

    public static async Task<byte[]> BodyAsync(HttpRequest request, CancellationToken cancellation)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellation);
        return body.ToArray();
    }
}
