using NetBootFabric.Actors.Cluster.Sharding;

namespace NetBootFabric.Actors.Cluster;

public partial class Cluster
{
    private volatile ShardRegionRef[] _regions = [];

    internal int RegionCount => _regions.Length;

    /// <summary>Regions may be started on any thread; shards come to those that were there when this member joined.</summary>
    internal void AddRegion(ShardRegionRef region)
    {
        lock (_subscriptions) _regions = [.. _regions, region];
    }

    internal void TellRegions(object message, IActorRef sender)
    {
        foreach (var region in _regions) region.TellActor(message, sender);
    }

    /// <summary>What waits is passed on where it can be now.</summary>
    internal void SweepRegions()
    {
        foreach (var region in _regions) region.Sweep();
    }
}
