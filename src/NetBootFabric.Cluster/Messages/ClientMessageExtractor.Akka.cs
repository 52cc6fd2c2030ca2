using System.Globalization;
using NetBootFabric.Wire;

namespace NetBootFabric.Cluster.Messages;

public sealed partial class ClientMessageExtractor
{
    public int ShardOf(MacAddress client) => int.Parse(base.ShardId(EntityIdOf(client), null), CultureInfo.InvariantCulture);

    public override string ShardId(string entityId, object? messageHint = null) => IsStarter(entityId) ? entityId[StarterPrefix.Length..] : base.ShardId(entityId, messageHint);
}
