namespace NetBootFabric.Cluster.Messages;

/// <summary>The MAC address names a client, and its hash the shard.</summary>
public sealed class ClientMessageExtractor() : HashCodeMessageExtractor(ShardCount)
{
    /// <summary>Shards of the fabric: some ten for each of the most head nodes a room has, so that load evens out. Part of the stored format.</summary>
    public const int ShardCount = 128;

    public override string? EntityId(object message) => (message as IClientMessage)?.Client.Value.ToString("x12", System.Globalization.CultureInfo.InvariantCulture);

    public override object? EntityMessage(object message) => message;
}
