namespace NetBootFabric.Actors.Cluster.Sharding;

public sealed class ClusterShardingSettings
{
    private ClusterShardingSettings(string? role, TimeSpan passivateIdleEntityAfter)
    {
        Role = role;
        PassivateIdleEntityAfter = passivateIdleEntityAfter;
    }

    public readonly string? Role;

    /// <summary>An entity that got no message through its region for that long is stopped, at the latest a quarter of it later. Zero: never.</summary>
    public readonly TimeSpan PassivateIdleEntityAfter;

    public static ClusterShardingSettings Create(ActorSystem system) => new(null, TimeSpan.FromSeconds(120));

    public ClusterShardingSettings WithRole(string role) => new(role, PassivateIdleEntityAfter);

    public ClusterShardingSettings WithPassivateIdleAfter(TimeSpan duration) => new(Role, duration);
}

/// <summary>Where shards are placed; on one node they are all here.</summary>
public interface IShardAllocationStrategy;
