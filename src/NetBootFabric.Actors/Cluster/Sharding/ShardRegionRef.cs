namespace NetBootFabric.Actors.Cluster.Sharding;

/// <summary>
/// The region that entities of one type are told through. It routes on the thread of the teller: one look-up and one uncontended lock lead
/// to the entity's mailbox. Only an entity that has to be started goes over the region's actor and the shard.
/// </summary>
internal sealed class ShardRegionRef(ActorSystemImpl system, ActorPath path, Props props, InternalActorRef parent, EntityTable table)
    : LocalActorRef(system, path, props, parent)
{
    public override void Tell(object message, IActorRef? sender)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message is IShardRegionCommand or IShardRegionQuery or IAutoReceivedMessage or RegionTick) base.Tell(message, sender);
        else if (Extract(message, out var inner) is { Length: > 0 } entityId && !table.Closed) Route(entityId, inner, sender);
        else table.Drop(message, sender);
    }

    private string? Extract(object message, out object inner)
    {
        try
        {
            if (message is ShardingEnvelope envelope)
            {
                inner = envelope.Message;
                return envelope.EntityId;
            }
            inner = table.Type.Extractor.EntityMessage(message) ?? message;
            return table.Type.Extractor.EntityId(message);
        }
        catch (Exception failure)
        {
            System.Log.Error(failure, "The message extractor of [{0}] threw on a {1}", table.Type.Name, message.GetType());
            inner = message;
            return null;
        }
    }

    private void Route(string entityId, object message, IActorRef? sender)
    {
        EntityRoute route;
        bool mustStart;
        do
        {
            route = table.RouteTo(entityId);
        } while (!route.TryDeliver(message, sender, out mustStart));
        if (mustStart) base.Tell(new StartRoute(route), ActorRefs.NoSender);
    }
}

/// <summary>The first message of an entity arrived: start it.</summary>
internal sealed record StartRoute(EntityRoute Route);

internal sealed class RegionTick
{
    public static readonly RegionTick Instance = new();
}
