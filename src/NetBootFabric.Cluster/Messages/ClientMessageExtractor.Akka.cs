using System.Globalization;
using NetBootFabric.Wire;

namespace NetBootFabric.Cluster.Messages;

public sealed partial class ClientMessageExtractor
{
    public int ShardOf(MacAddress client) => int.Parse(ShardId(EntityIdOf(client)), CultureInfo.InvariantCulture);
}
