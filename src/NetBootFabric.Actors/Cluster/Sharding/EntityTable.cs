using System.Collections.Concurrent;

namespace NetBootFabric.Actors.Cluster.Sharding;

/// <summary>All entities of one type that are known here, shared by the region, its shards and whoever tells the region.</summary>
internal sealed class EntityTable(ActorSystemImpl system, EntityType type)
{
    // As Akka.NET's buffer-size of a region.
    private const int BufferCapacity = 100_000;

    private readonly ConcurrentDictionary<string, EntityRoute> _routes = new();
    private int _buffered;
    private int _tick;

    public EntityType Type => type;

    /// <summary>Counts quarters of the time after which an idle entity is passivated: the clock of last uses, cheap enough for every message.</summary>
    public int Tick => Volatile.Read(ref _tick);

    /// <summary>Null in a cluster of one.</summary>
    public ShardRouter? Router { get; set; }

    /// <summary>The region shuts down; nothing is started any more.</summary>
    public bool Closed { get; set; }

    public IEnumerable<EntityRoute> Routes => _routes.Values;

    /// <summary>Entities of the shard may be started here.</summary>
    public bool Serves(string shardId) => !Closed && Router?.Serves(shardId) != false;

    public void NextTick() => Interlocked.Increment(ref _tick);

    public string ShardOf(string entityId) => type.Extractor.ShardId(entityId);

    public EntityRoute RouteTo(string entityId) => _routes.TryGetValue(entityId, out var route)
        ? route
        : _routes.GetOrAdd(entityId, static (id, table) => new EntityRoute(table, id), this);

    public void Remove(EntityRoute route) => _routes.TryRemove(new KeyValuePair<string, EntityRoute>(route.EntityId, route));

    public bool TakeBufferSpace()
    {
        if (Interlocked.Increment(ref _buffered) <= BufferCapacity) return true;
        FreeBufferSpace();
        return false;
    }

    public void FreeBufferSpace() => Interlocked.Decrement(ref _buffered);

    /// <summary>Messages that waited for an entity which will not start here: they look for their way anew.</summary>
    public void Return(string entityId, IReadOnlyList<Mail> mails)
    {
        foreach (var mail in mails)
        {
            FreeBufferSpace();
            if (Router is null || Closed) Drop(mail.Message, mail.Sender);
            else Router.Route(new Parcel(entityId, mail.Message, mail.Sender));
        }
    }

    public void Drop(object message, IActorRef? sender) =>
        system.PublishDeadLetter(new DeadLetter(message, sender ?? system.DeadLetters, system.DeadLetters));
}
