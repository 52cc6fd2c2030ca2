using System.Text.Json;
using System.Text.Json.Serialization;

namespace NetBootFabric.AdminApi.Catalog;

/// <summary>Writes and reads the catalog's contracts; the rows of the store have them too.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(NodeSpec))]
[JsonSerializable(typeof(GroupSpec))]
[JsonSerializable(typeof(ProfileSpec))]
[JsonSerializable(typeof(CatalogDocument))]
public sealed partial class CatalogJson : JsonSerializerContext;
