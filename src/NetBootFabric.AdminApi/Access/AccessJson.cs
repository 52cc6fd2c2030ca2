using System.Text.Json;
using System.Text.Json.Serialization;

namespace NetBootFabric.AdminApi.Access;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TokenWish))]
[JsonSerializable(typeof(TokenMade))]
[JsonSerializable(typeof(TokenView))]
[JsonSerializable(typeof(IReadOnlyList<TokenView>))]
[JsonSerializable(typeof(SessionWish))]
[JsonSerializable(typeof(SessionView))]
public sealed partial class AccessJson : JsonSerializerContext;
