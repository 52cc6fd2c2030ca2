using System.Text.Json;
using System.Text.Json.Serialization;

namespace NetBootFabric.AdminApi.Power;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PowerWish))]
[JsonSerializable(typeof(PowerEvent))]
[JsonSerializable(typeof(PowerEnd))]
public sealed partial class PowerJson : JsonSerializerContext;
