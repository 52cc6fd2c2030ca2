namespace NetBootFabric.Cluster.Sharding;

/// <summary>The entity that a <see cref="Messages.StartShard"/> is for: with it, its shard begins. It goes at once.</summary>
internal sealed class ShardStarter : UntypedActor
{
    protected override void OnReceive(object message) => Context.Stop(Self);
}
