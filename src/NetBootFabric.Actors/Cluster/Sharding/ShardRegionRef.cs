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
        else if (!table.Closed && RouteOf(message, out var inner) is { } route) Deliver(route, inner, sender);
        else table.Drop(message, sender);
    }

    private EntityRoute? RouteOf(object message, out object inner)
    {
        inner = message;
        try
        {
            var envelope = message as ShardingEnvelope;
            var entityId = envelope is null ? table.Type.Extractor.EntityId(message) : envelope.EntityId;
            if (string.IsNullOrEmpty(entityId)) return null;
            inner = envelope is null ? table.Type.Extractor.EntityMessage(message) ?? message : envelope.Message;
            return table.RouteTo(entityId);
        }
        catch (Exception failure)
        {
            System.Log.Error(failure, "The message extractor of [{0}] threw on a {1}", table.Type.Name, message.GetType());
            return null;
        }
    }

    private void Deliver(EntityRoute route, object message, IActorRef? sender)
    {
        bool mustStart;
        while (!route.TryDeliver(message, sender, out mustStart)) route = table.RouteTo(route.EntityId);
        if (mustStart) base.Tell(new StartRoute(route), ActorRefs.NoSender);
    }
}

/// <summary>The first message of an entity arrived: start it.</summary>
internal sealed record StartRoute(EntityRoute Route);

internal sealed class RegionTick
{
    public static readonly RegionTick Instance = new();
}
