using System.Text.Json.Serialization.Metadata;

namespace NetBootFabric.Node.Admin.OpenApi;

/// <summary>What the OpenAPI document says of one call, beside what the endpoint itself tells.</summary>
/// <param name="Says">One sentence.</param>
/// <param name="Takes">The body; null: none.</param>
/// <param name="Answers">The body of the answer when all went well; null: what <paramref name="Media"/> says, or none.</param>
/// <param name="Media">Of the answer.</param>
/// <param name="Status">Of the answer.</param>
internal sealed record CallText(string Says, JsonTypeInfo? Takes = null, JsonTypeInfo? Answers = null, string? Media = null, int Status = 200);
