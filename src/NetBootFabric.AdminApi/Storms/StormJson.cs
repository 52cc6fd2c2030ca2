using System.Text.Json;
using System.Text.Json.Serialization;

namespace NetBootFabric.AdminApi.Storms;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StormView))]
public sealed partial class StormJson : JsonSerializerContext;
