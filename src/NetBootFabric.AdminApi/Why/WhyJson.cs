using System.Text.Json;
using System.Text.Json.Serialization;

namespace NetBootFabric.AdminApi.Why;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WhyView))]
[JsonSerializable(typeof(WhyReport))]
public sealed partial class WhyJson : JsonSerializerContext;
