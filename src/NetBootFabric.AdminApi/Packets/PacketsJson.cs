using System.Text.Json;
using System.Text.Json.Serialization;

namespace NetBootFabric.AdminApi.Packets;

/// <summary>One way to write and read the contracts, on both sides.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PacketsView))]
[JsonSerializable(typeof(HeadPackets))]
public sealed partial class PacketsJson : JsonSerializerContext;
