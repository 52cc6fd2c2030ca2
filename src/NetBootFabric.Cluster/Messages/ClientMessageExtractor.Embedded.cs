using System.Globalization;
using NetBootFabric.Wire;

namespace NetBootFabric.Cluster.Messages;

public sealed partial class ClientMessageExtractor
{
    /// <summary>Asked for every packet: makes no text.</summary>
    public int ShardOf(MacAddress client)
    {
        Span<char> entity = stackalloc char[2 * MacAddress.Size];
        client.Value.TryFormat(entity, out _, IdFormat, CultureInfo.InvariantCulture);
        return ShardOf(entity, ShardCount);
    }
}
