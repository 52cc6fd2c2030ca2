using System.Text.Json;
using System.Text.Json.Serialization;

namespace NetBootFabric.AdminApi.Live;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RoomView))]
[JsonSerializable(typeof(RoomDelta))]
public sealed partial class RoomJson : JsonSerializerContext;
