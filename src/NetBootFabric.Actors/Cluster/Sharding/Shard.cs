namespace NetBootFabric.Actors.Cluster.Sharding;

/// <summary>The parent of the entities of one shard: starts, passivates and, at hand-off, stops them.</summary>
internal sealed class Shard(EntityTable table, string shardId) : ActorBase
{
    /// <summary>An entity unused for more ticks than this is idle.</summary>
    public const int TicksUntilIdle = 4;

    private bool _handsOff;

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case StartRoute start: Start(start.Route); return true;
            case Passivate passivate: Passivate(passivate.StopMessage); return true;
            case RegionTick: PassivateIdle(); return true;
            case GracefulShutdown: HandOff(); return true;
            case StopEntities stop: StopAll(stop.Asks); return true;
            default: return false;
        }
    }

    internal override void ChildTerminated(IActorRef child)
    {
        var entity = (EntityRef)child;
        if (entity.Route.MustRestartAfter(entity)) Start(entity.Route);
        if (_handsOff) StopWhenEmpty();
    }

    private void Start(EntityRoute route)
    {
        if (_handsOff || !table.Serves(shardId))
        {
            route.Redirect();
            return;
        }
        try
        {
            var props = table.Type.PropsFor(route.EntityId);
            var entity = ActorCell.Running.StartChild(Uri.EscapeDataString(route.EntityId), checksName: false, (props, route),
                static (cell, path, it) => new EntityRef(cell.SystemImpl, path, it.props, cell.SelfRef, it.route));
            route.Started(entity);
        }
        catch (Exception failure)
        {
            ActorCell.Running.SystemImpl.Log.Error(failure, "Entity [{0}] of [{1}] can't be started", route.EntityId, table.Type.Name);
            route.GiveUp();
        }
    }

    private void Passivate(object stopMessage)
    {
        if (Sender is EntityRef entity) entity.Route.TryPassivate(entity, stopMessage, Self);
    }

    private void PassivateIdle()
    {
        foreach (var child in Context.GetChildren())
        {
            var entity = (EntityRef)child;
            entity.Route.TryPassivate(entity, table.Type.HandOffStopMessage, Self, TicksUntilIdle);
        }
    }

    private void HandOff()
    {
        _handsOff = true;
        foreach (var child in Context.GetChildren()) child.Tell(table.Type.HandOffStopMessage, Self);
        StopWhenEmpty();
    }

    private void StopAll(bool asks)
    {
        _handsOff = true;
        foreach (var child in Context.GetChildren())
        {
            var entity = (EntityRef)child;
            if (asks) entity.Route.TryPassivate(entity, table.Type.HandOffStopMessage, Self);
            else Retire(entity);
        }
        StopWhenEmpty();
    }

    private void Retire(EntityRef entity)
    {
        entity.Route.Retire(entity);
        Context.Stop(entity);
    }

    private void StopWhenEmpty()
    {
        if (!ActorCell.Running.HasChildren) Context.Stop(Self);
    }

    /// <summary>An entity's reference, which knows its route.</summary>
    private sealed class EntityRef(ActorSystemImpl system, ActorPath path, Props props, InternalActorRef parent, EntityRoute route)
        : LocalActorRef(system, path, props, parent)
    {
        public EntityRoute Route => route;
    }
}

/// <summary>To a shard: stop all entities, then yourself.</summary>
internal sealed record StopEntities(bool Asks);
