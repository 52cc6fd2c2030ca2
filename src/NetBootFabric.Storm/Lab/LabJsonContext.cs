using System.Text.Json.Serialization;

namespace NetBootFabric.Storm.Lab;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(LabCell))]
internal sealed partial class LabJsonContext : JsonSerializerContext;
