using System.Collections.Immutable;
using NetBootFabric.Actors.Cluster.Daemon;

namespace NetBootFabric.Actors.Cluster.Sharding;

/// <summary>The region's actor: parent of the shards. Messages to entities pass it by.</summary>
internal sealed partial class ShardRegionActor(EntityTable table) : ActorBase, IWithTimers
{
    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        var after = table.Type.Settings.PassivateIdleEntityAfter;
        if (after > TimeSpan.Zero) Timers.StartPeriodicTimer(nameof(RegionTick), RegionTick.Instance, after / Shard.TicksUntilIdle);
    }

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case StartRoute start: Start(start); return true;
            case StopShards stop: StopShards(stop); return true;
            case RegionTick: Tick(); return true;
            case GetShardRegionState: Sender.Tell(State(), Self); return true;
            case GetShardRegionStats: Sender.Tell(Stats(), Self); return true;
            case GetClusterShardingStats: Sender.Tell(ClusterStats(), Self); return true;
            case GracefulShutdown: ShutDown(); return true;
            default: return false;
        }
    }

    internal override void ChildTerminated(IActorRef child)
    {
        NoteStopped(Uri.UnescapeDataString(child.Path.Name));
        if (table.Closed && !Context.GetChildren().Any()) Context.Stop(Self);
    }

    private IActorRef ShardFor(string shardId)
    {
        var name = Uri.EscapeDataString(shardId);
        var shard = Context.Child(name);
        return shard.IsNobody() ? Context.ActorOf(Props.Of(() => new Shard(table, shardId)), name) : shard;
    }

    private void Tick()
    {
        table.NextTick();
        foreach (var shard in Context.GetChildren()) shard.Tell(RegionTick.Instance, Self);
    }

    private void ShutDown()
    {
        table.Closed = true;
        var shards = Context.GetChildren().ToList();
        foreach (var shard in shards) shard.Tell(GracefulShutdown.Instance, Self);
        if (shards.Count == 0) Context.Stop(Self);
    }

    private CurrentShardRegionState State() =>
        new([.. ByShard().Select(shard => new ShardState(shard.Key, [.. shard.Select(route => route.EntityId)]))], ImmutableHashSet<string>.Empty);

    private ShardRegionStats Stats() =>
        new(ByShard().ToImmutableDictionary(shard => shard.Key, shard => shard.Count()), ImmutableHashSet<string>.Empty);

    private ClusterShardingStats ClusterStats() =>
        new(ImmutableDictionary<Address, ShardRegionStats>.Empty.Add(ActorSystemImpl.Of(Context.System).SelfAddress, Stats()));

    private IEnumerable<IGrouping<string, EntityRoute>> ByShard() => table.Routes.Where(route => route.IsActive).GroupBy(route => route.ShardId);
}
