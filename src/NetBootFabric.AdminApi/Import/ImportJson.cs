using System.Text.Json;
using System.Text.Json.Serialization;

namespace NetBootFabric.AdminApi.Import;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ImportView))]
public sealed partial class ImportJson : JsonSerializerContext;
