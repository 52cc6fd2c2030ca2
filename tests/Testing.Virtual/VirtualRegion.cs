using System.Collections.Immutable;

namespace NetBootFabric.Testing.Virtual;

/// <summary>
/// Cluster Sharding's region as its entities and their callers know it, for simulations in which something else says who owns a shard: makes an entity for its first message, holds
/// messages back while one is passivated, stops those of a shard that went elsewhere, and passes on what another region is to answer. Real actors, no coordinator.
/// </summary>
public sealed class VirtualRegion : ReceiveActor, IWithTimers
{
    /// <summary>Until what waits for its shard's home is looked at again.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly VirtualRegionSettings _settings;
    private readonly Dictionary<string, Action<string>> _leaving = [];
    private Queue<(object Message, IActorRef Sender)> _homeless = [];
    private readonly SortedDictionary<string, Entity> _entities = new(StringComparer.Ordinal);

    public VirtualRegion(VirtualRegionSettings settings)
    {
        _settings = settings;
        Receive<Passivate>(passivate => Stop(passivate.StopMessage));
        Receive<Terminated>(ended => OnEnded(ended.ActorRef.Path.Name));
        Receive<GetShardRegionState>(_ => Sender.Tell(State()));
        Receive<LeaveShards>(Leave);
        Receive<LookAgain>(_ => Retry());
        ReceiveAny(Deliver);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private void Deliver(object message)
    {
        if (_settings.Extractor.EntityId(message) is not { } id)
        {
            Unhandled(message);
            return;
        }
        var shard = _settings.Extractor.ShardId(id, message);
        var home = _settings.Home(shard);
        if (home == ShardHome.Unknown) Wait(message);
        else if (home.Elsewhere is { } elsewhere) elsewhere.Tell(message, Sender);
        else Deliver(message, id, shard);
    }

    private void Wait(object message)
    {
        _homeless.Enqueue((message, Sender));
        if (!Timers.IsTimerActive(LookAgain.Instance)) Timers.StartSingleTimer(LookAgain.Instance, LookAgain.Instance, Pause);
    }

    private void Retry()
    {
        var waiting = _homeless;
        _homeless = [];
        foreach (var (message, sender) in waiting) Self.Tell(message, sender);
    }

    private void Deliver(object message, string id, string shard)
    {
        var entity = _entities.TryGetValue(id, out var known) ? known : _entities[id] = Begin(id, shard);
        if (entity.Waiting is { } waiting) waiting.Enqueue((message, Sender));
        else entity.Actor.Tell(_settings.Extractor.EntityMessage(message), Sender);
    }

    private Entity Begin(string id, string shard) => new(Context.Watch(Context.ActorOf(_settings.Entity(id), id)), shard);

    private void Stop(object stopMessage)
    {
        if (!_entities.TryGetValue(Sender.Path.Name, out var entity) || entity.Waiting is not null) return;
        entity.Waiting = [];
        entity.Actor.Tell(stopMessage, Self);
    }

    /// <summary>What came for it in the meantime begins it anew, here or where its shard is by now.</summary>
    private void OnEnded(string id)
    {
        if (!_entities.Remove(id, out var entity)) return;
        foreach (var (message, sender) in entity.Waiting ?? []) Self.Tell(message, sender);
        NoteLeft(entity.Shard);
    }

    private void Leave(LeaveShards leave)
    {
        foreach (var entity in _entities.Values.Where(entity => leave.Shards.Contains(entity.Shard)))
        {
            if (leave.IsFenced) Context.Stop(entity.Actor);
            else if (entity.Waiting is null) entity.Actor.Tell(_settings.StopMessage, Self);
            entity.Waiting ??= [];
        }
        foreach (var shard in leave.Shards.Order(StringComparer.Ordinal))
        {
            _leaving[shard] = _leaving.GetValueOrDefault(shard) + leave.Left;
            NoteLeft(shard);
        }
    }

    private void NoteLeft(string shard)
    {
        if (_leaving.TryGetValue(shard, out var left) && _entities.Values.All(entity => entity.Shard != shard) && _leaving.Remove(shard)) left(shard);
    }

    private CurrentShardRegionState State() => new(
        [.. _entities.GroupBy(each => each.Value.Shard, each => each.Key).Select(shard => new ShardState(shard.Key, [.. shard]))],
        failed: []);

    private sealed record LookAgain
    {
        public static LookAgain Instance { get; } = new();
    }

    private sealed class Entity(IActorRef actor, string shard)
    {
        public IActorRef Actor => actor;
        public string Shard => shard;

        /// <summary>What came since it was told to stop; null: it was not.</summary>
        public Queue<(object Message, IActorRef Sender)>? Waiting { get; set; }
    }
}

/// <summary>What a <see cref="VirtualRegion"/> is made of.</summary>
public sealed record VirtualRegionSettings
{
    public required IMessageExtractor Extractor { get; init; }

    /// <summary>By entity id.</summary>
    public required Func<string, Props> Entity { get; init; }

    /// <summary>Ends an entity whose shard is handed over.</summary>
    public required object StopMessage { get; init; }

    /// <summary>Who has a shard, asked for each message.</summary>
    public Func<string, ShardHome> Home { get; init; } = static _ => ShardHome.Here;
}

/// <summary>Who has a shard.</summary>
/// <param name="Elsewhere">Another region.</param>
public sealed record ShardHome(ICanTell? Elsewhere)
{
    /// <summary>The region that asks.</summary>
    public static ShardHome Here { get; } = new((ICanTell?)null);

    /// <summary>Nobody yet, or it is moving: what is for it waits.</summary>
    public static ShardHome Unknown { get; } = new(ActorRefs.Nobody);
}

/// <summary>These shards are another region's now.</summary>
/// <param name="IsFenced">They were taken away: their entities end at once, as when a shard's lease is lost; false: handed over, and what is under way is finished.</param>
/// <param name="Left">Called with each of them once it has no entity any more.</param>
public sealed record LeaveShards(ImmutableHashSet<string> Shards, bool IsFenced, Action<string> Left) : INoSerializationVerificationNeeded;
