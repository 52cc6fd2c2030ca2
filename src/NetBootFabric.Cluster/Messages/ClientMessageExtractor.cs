using System.Globalization;
using NetBootFabric.Wire;

namespace NetBootFabric.Cluster.Messages;

/// <summary>The MAC address names a client, and its hash the shard.</summary>
public sealed partial class ClientMessageExtractor() : HashCodeMessageExtractor(ShardCount)
{
    /// <summary>Shards of the fabric: some ten for each of the most head nodes a room has, so that load evens out. Part of the stored format.</summary>
    public const int ShardCount = 128;

    private const string IdFormat = "x12";

    /// <summary>Before the shard's number: no MAC address begins so.</summary>
    private const string StarterPrefix = "shard-";

    public override string? EntityId(object message) => message switch
    {
        IClientMessage known => EntityIdOf(known.Client),
        StartShard start => string.Create(CultureInfo.InvariantCulture, $"{StarterPrefix}{start.Shard}"),
        _ => null,
    };

    internal static bool IsStarter(string entityId) => entityId.StartsWith(StarterPrefix, StringComparison.Ordinal);

    private static string EntityIdOf(MacAddress client) => client.Value.ToString(IdFormat, CultureInfo.InvariantCulture);

    public override object? EntityMessage(object message) => message;
}
