using System.Globalization;
using NetBootFabric.Actors.Cluster.Daemon;

namespace NetBootFabric.Actors.Cluster.Sharding;

internal sealed partial class ShardRegionActor
{
    private readonly Dictionary<string, Stopping> _stopping = [];

    // A shard that stops is let finish; its successor, when the node got it back meanwhile, starts after it.
    private void Start(StartRoute start)
    {
        var shardId = start.Route.ShardId;
        if (!table.Serves(shardId)) start.Route.Redirect();
        else if (_stopping.TryGetValue(shardId, out var stopping)) stopping.Successors.Add(start);
        else ShardFor(shardId).Tell(start, Self);
    }

    private void StopShards(StopShards stop)
    {
        var gone = new List<HeldShard>();
        foreach (var held in stop.Shards)
        {
            var shardId = held.Shard.ToString(CultureInfo.InvariantCulture);
            var shard = Context.Child(Uri.EscapeDataString(shardId));
            if (shard.IsNobody())
            {
                gone.Add(held);
                continue;
            }
            if (!_stopping.TryGetValue(shardId, out var stopping)) _stopping[shardId] = stopping = new Stopping();
            if (stop.Asks) stopping.Waiting.Add((Sender, held));
            shard.Tell(new StopEntities(stop.Asks), Self);
        }
        if (stop.Asks && gone.Count > 0) Sender.Tell(new ShardsStopped(gone), Self);
    }

    private void NoteStopped(string shardId)
    {
        if (!_stopping.Remove(shardId, out var stopping)) return;
        foreach (var (asker, held) in stopping.Waiting) asker.Tell(new ShardsStopped([held]), Self);
        foreach (var start in stopping.Successors) Start(start);
    }

    private sealed class Stopping
    {
        public List<(IActorRef Asker, HeldShard Shard)> Waiting { get; } = [];
        public List<StartRoute> Successors { get; } = [];
    }
}
