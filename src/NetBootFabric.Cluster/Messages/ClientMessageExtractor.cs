using System.Globalization;
using NetBootFabric.Wire;

namespace NetBootFabric.Cluster.Messages;

/// <summary>The MAC address names a client, and its hash the shard.</summary>
public sealed partial class ClientMessageExtractor() : HashCodeMessageExtractor(ShardCount)
{
    /// <summary>Shards of the fabric: some ten for each of the most head nodes a room has, so that load evens out. Part of the stored format.</summary>
    public const int ShardCount = 128;

    private const string IdFormat = "x12";

    public override string? EntityId(object message) => (message as IClientMessage) is { } known ? EntityIdOf(known.Client) : null;

    private static string EntityIdOf(MacAddress client) => client.Value.ToString(IdFormat, CultureInfo.InvariantCulture);

    public override object? EntityMessage(object message) => message;
}
