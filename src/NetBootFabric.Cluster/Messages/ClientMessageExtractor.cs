using System.Globalization;
using NetBootFabric.Wire;

namespace NetBootFabric.Cluster.Messages;

/// <summary>The MAC address names a client, and its hash the shard. Asked several times for each message: makes no text that it has made lately.</summary>
public sealed class ClientMessageExtractor() : HashCodeMessageExtractor(ShardCount)
{
    /// <summary>Shards of the fabric: some ten for each of the most head nodes a room has, so that load evens out. Part of the stored format.</summary>
    public const int ShardCount = 128;

    private const string IdFormat = "x12";

    /// <summary>A power of two.</summary>
    private const int LatestIds = 4096;

    /// <summary>Before the shard's number: no MAC address begins so.</summary>
    private const string StarterPrefix = "shard-";

    public override string? EntityId(object message) => message switch
    {
        IClientMessage known => EntityIdOf(known.Client),
        StartShard start => string.Create(CultureInfo.InvariantCulture, $"{StarterPrefix}{start.Shard}"),
        _ => null,
    };

    internal static bool IsStarter(string entityId) => entityId.StartsWith(StarterPrefix, StringComparison.Ordinal);

    private static readonly string[] ShardIds = [.. Enumerable.Range(0, ShardCount).Select(shard => shard.ToString(CultureInfo.InvariantCulture))];

    private readonly string?[] _latest = new string?[LatestIds];

    public override object? EntityMessage(object message) => message;

    public override string ShardId(string entityId, object? messageHint = null) => messageHint switch
    {
        IClientMessage known => ShardIds[Of(known.Client)],
        StartShard start => ShardIds[start.Shard],
        _ => IsStarter(entityId) ? entityId[StarterPrefix.Length..] : ShardIds[ShardHash.Of(entityId, ShardCount)],
    };

    public int ShardOf(MacAddress client) => Of(client);

    internal static int Of(MacAddress client)
    {
        Span<char> entity = stackalloc char[2 * MacAddress.Size];
        Write(client, entity);
        return ShardHash.Of(entity, ShardCount);
    }

    private string EntityIdOf(MacAddress client)
    {
        Span<char> entity = stackalloc char[2 * MacAddress.Size];
        Write(client, entity);
        ref var latest = ref _latest[(int)(client.Value * 0x9E37_79B9_7F4A_7C15 >> 52)]; // 52 = 64 - 12 bits of LatestIds
        var known = Volatile.Read(ref latest);
        if (known is not null && entity.SequenceEqual(known)) return known;
        var id = new string(entity);
        Volatile.Write(ref latest, id);
        return id;
    }

    private static void Write(MacAddress client, Span<char> entity) => client.Value.TryFormat(entity, out _, IdFormat, CultureInfo.InvariantCulture);
}
