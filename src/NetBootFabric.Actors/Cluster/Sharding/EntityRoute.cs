namespace NetBootFabric.Actors.Cluster.Sharding;

/// <summary>
/// The way to one entity. Every step is taken under its own lock, which is free nearly always, so that no message overtakes another of the same
/// sender or goes to an incarnation that was told to stop.
/// </summary>
internal sealed class EntityRoute(EntityTable table, string entityId)
{
    private State _state;
    private LocalActorRef? _entity;
    private Queue<Mail>? _waiting;
    private int _lastUse;

    private enum State : byte
    {
        New,

        /// <summary>The shard was asked to start it; messages wait.</summary>
        Starting,
        Active,

        /// <summary>It was told to stop; messages wait for its successor.</summary>
        Passivating,

        /// <summary>Out of the table; who still holds it looks again.</summary>
        Removed,
    }

    public string EntityId => entityId;
    public string ShardId { get; } = table.ShardOf(entityId);

    /// <summary>False: this route is out of use. <paramref name="mustStart"/>: the caller has to ask the shard for the entity.</summary>
    public bool TryDeliver(object message, IActorRef? sender, out bool mustStart)
    {
        lock (this)
        {
            mustStart = false;
            switch (_state)
            {
                case State.Active:
                    _lastUse = table.Tick;
                    _entity!.Tell(message, sender);
                    return true;
                case State.Removed:
                    return false;
                case State.New:
                    _state = State.Starting;
                    mustStart = true;
                    break;
            }
            if (table.TakeBufferSpace()) (_waiting ??= new()).Enqueue(new Mail(message, sender));
            else table.Drop(message, sender);
            return true;
        }
    }

    public void Started(LocalActorRef entity)
    {
        lock (this)
        {
            _entity = entity;
            _state = State.Active;
            _lastUse = table.Tick;
            while (_waiting is not null && _waiting.TryDequeue(out var mail))
            {
                table.FreeBufferSpace();
                entity.Tell(mail.Message, mail.Sender);
            }
            _waiting = null;
        }
    }

    /// <summary>From now on messages wait; false when it is not active, or used within the last <paramref name="unlessUsedWithin"/> ticks.</summary>
    public bool TryPassivate(LocalActorRef entity, object stopMessage, IActorRef shard, int unlessUsedWithin = -1)
    {
        lock (this)
        {
            if (_state != State.Active || !ReferenceEquals(_entity, entity) || table.Tick - _lastUse <= unlessUsedWithin) return false;
            _state = State.Passivating;
            entity.Tell(stopMessage, shard);
            return true;
        }
    }

    /// <summary>The incarnation has stopped. True: messages wait, it has to be started again. Otherwise the route is gone.</summary>
    public bool MustRestartAfter(LocalActorRef entity)
    {
        IReadOnlyList<Mail> waiting;
        lock (this)
        {
            if (!ReferenceEquals(_entity, entity)) return false;
            _entity = null;
            if (_waiting is { Count: > 0 } && table.Serves(ShardId))
            {
                _state = State.Starting;
                return true;
            }
            waiting = Remove();
        }
        table.Return(EntityId, waiting);
        return false;
    }

    /// <summary>No entity can be started: what waits becomes dead letters.</summary>
    public void GiveUp()
    {
        IReadOnlyList<Mail> waiting;
        lock (this) waiting = Remove();
        foreach (var mail in waiting)
        {
            table.FreeBufferSpace();
            table.Drop(mail.Message, mail.Sender);
        }
    }

    /// <summary>The shard is not served here any more: what waits goes elsewhere.</summary>
    public void Redirect()
    {
        IReadOnlyList<Mail> waiting;
        lock (this) waiting = Remove();
        table.Return(EntityId, waiting);
    }

    /// <summary>The entity is being stopped without being asked: messages wait from now on.</summary>
    public void Retire(LocalActorRef entity)
    {
        lock (this)
        {
            if (_state == State.Active && ReferenceEquals(_entity, entity)) _state = State.Passivating;
        }
    }

    public bool IsActive
    {
        get
        {
            lock (this) return _entity is not null;
        }
    }

    private IReadOnlyList<Mail> Remove()
    {
        _state = State.Removed;
        table.Remove(this);
        IReadOnlyList<Mail> waiting = _waiting is null ? [] : [.. _waiting];
        _waiting = null;
        return waiting;
    }
}
