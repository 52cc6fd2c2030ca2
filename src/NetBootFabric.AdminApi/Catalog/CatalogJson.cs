using System.Text.Json;
using System.Text.Json.Serialization;

namespace NetBootFabric.AdminApi.Catalog;

/// <summary>Writes and reads the catalog's contracts; the rows of the store have them too.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(NodeSpec))]
[JsonSerializable(typeof(GroupSpec))]
[JsonSerializable(typeof(ProfileSpec))]
[JsonSerializable(typeof(CatalogDocument))]
[JsonSerializable(typeof(IReadOnlyList<NodeView>))]
[JsonSerializable(typeof(IReadOnlyList<GroupView>))]
[JsonSerializable(typeof(IReadOnlyList<ProfileView>))]
[JsonSerializable(typeof(ApplyResult))]
[JsonSerializable(typeof(CatalogConflict))]
[JsonSerializable(typeof(IReadOnlyList<LeaseRow>))]
public sealed partial class CatalogJson : JsonSerializerContext;
