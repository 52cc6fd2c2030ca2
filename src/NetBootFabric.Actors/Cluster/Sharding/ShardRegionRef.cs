using NetBootFabric.Actors.Remote;

namespace NetBootFabric.Actors.Cluster.Sharding;

/// <summary>
/// The region that entities of one type are told through. It routes on the thread of the teller: one look-up and one uncontended lock lead
/// to the entity's mailbox. Only an entity that has to be started goes over the region's actor and the shard.
/// </summary>
internal sealed class ShardRegionRef : LocalActorRef, IEntityGate
{
    private readonly EntityTable _table;
    private readonly ShardRouter? _router;

    public ShardRegionRef(ActorSystemImpl system, ActorPath path, Props props, InternalActorRef parent, EntityTable table) : base(system, path, props, parent)
    {
        _table = table;
        if (system.Setup.Cluster is not { } setup) return;
        _router = new ShardRouter(system, Cluster.Get(system).Ownership, setup, table, path.ToStringWithoutAddress(), (entity, message, sender) => Deliver(table.RouteTo(entity), message, sender));
        table.Router = _router;
    }

    public override void Tell(object message, IActorRef? sender)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message is IShardRegionCommand or IShardRegionQuery or IAutoReceivedMessage or RegionTick) base.Tell(message, sender);
        else if (_table.Closed || EntityOf(message, out var inner) is not { } entity) _table.Drop(message, sender);
        else if (_router is null) Deliver(_table.RouteTo(entity), inner, sender);
        else _router.Route(new Parcel(entity, inner, sender));
    }

    /// <summary>Tells the region's own actor.</summary>
    public void TellActor(object message, IActorRef? sender) => base.Tell(message, sender);

    public void Arrived(string peer, string entityId, object message, IActorRef? sender, byte hops)
    {
        if (_table.Closed || _router is null || entityId.Length == 0) _table.Drop(message, sender);
        else _router.Route(new Parcel(entityId, message, sender, hops, peer));
    }

    public void Sweep() => _router?.Sweep();

    private string? EntityOf(object message, out object inner)
    {
        inner = message;
        try
        {
            var envelope = message as ShardingEnvelope;
            var entityId = envelope is null ? _table.Type.Extractor.EntityId(message) : envelope.EntityId;
            if (string.IsNullOrEmpty(entityId)) return null;
            inner = envelope is null ? _table.Type.Extractor.EntityMessage(message) ?? message : envelope.Message;
            return entityId;
        }
        catch (Exception failure)
        {
            System.Log.Error(failure, "The message extractor of [{0}] threw on a {1}", _table.Type.Name, message.GetType());
            return null;
        }
    }

    private void Deliver(EntityRoute route, object message, IActorRef? sender)
    {
        bool mustStart;
        while (!route.TryDeliver(message, sender, out mustStart)) route = _table.RouteTo(route.EntityId);
        if (mustStart) base.Tell(new StartRoute(route), ActorRefs.NoSender);
    }
}

/// <summary>The first message of an entity arrived: start it.</summary>
internal sealed record StartRoute(EntityRoute Route);

internal sealed class RegionTick
{
    public static readonly RegionTick Instance = new();
}
