using System.Text.Json;
using System.Text.Json.Serialization;
using NetBootFabric.Boot.Rooms;

namespace NetBootFabric.Node.Access;

/// <summary>A token as the store keeps it; its name is the row's key.</summary>
internal sealed record TokenRow(string Role, string Hash, DateTimeOffset Made)
{
    public static string BodyOf(AccessToken token) => JsonSerializer.Serialize(new TokenRow(AccessToken.Word(token.Role), token.Hash, token.Made), TokenJson.Default.TokenRow);

    /// <summary>Null: it is none that this release understands; it opens nothing.</summary>
    public static AccessToken? Read(CatalogRow row)
    {
        try
        {
            return row.Body is { } body && JsonSerializer.Deserialize(body, TokenJson.Default.TokenRow) is { Hash: { } hash } read && AccessToken.RoleOf(read.Role) is { } role
                ? new AccessToken(row.Key, role, hash, read.Made)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(TokenRow))]
internal sealed partial class TokenJson : JsonSerializerContext;
