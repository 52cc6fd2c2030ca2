using System.Text.Json;
using System.Text.Json.Serialization;

namespace NetBootFabric.AdminApi;

/// <summary>One way to write and read the contracts, on both sides.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StatusView))]
[JsonSerializable(typeof(ClientDetail))]
[JsonSerializable(typeof(IReadOnlyList<ClientSummary>))]
[JsonSerializable(typeof(WatchEvent))]
[JsonSerializable(typeof(ApiError))]
[JsonSerializable(typeof(ReloadResult))]
[JsonSerializable(typeof(ClusterView))]
[JsonSerializable(typeof(IReadOnlyList<ShardView>))]
[JsonSerializable(typeof(LeaveResult))]
[JsonSerializable(typeof(HealthView))]
[JsonSerializable(typeof(LeaderView))]
[JsonSerializable(typeof(IReadOnlyList<RegionView>))]
[JsonSerializable(typeof(IReadOnlyList<ActorLine>))]
public sealed partial class AdminJson : JsonSerializerContext;
