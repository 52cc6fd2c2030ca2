using NetBootFabric.Actors.Remote;
using NetBootFabric.Boot.Membership;

namespace NetBootFabric.Actors.Cluster;

/// <summary>Makes a system one of several members. It takes part once <see cref="Cluster.JoinAsync"/> is called.</summary>
public sealed record ClusterSetup
{
    public required IClusterStore Store { get; init; }

    /// <summary>Started and disposed of by the system.</summary>
    public required IRemoteTransport Transport { get; init; }

    public required MemberIdentity Identity { get; init; }

    /// <summary>Time between two beats.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>A member whose heart was not heard for that long, by the store's clock, is fenced. At least four heartbeats.</summary>
    public TimeSpan DeadAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Shards are numbered from 0; every region's extractor makes as many.</summary>
    public int Shards { get; init; } = 128;

    /// <summary>Members with this role own shards; null: all do.</summary>
    public string? Role { get; init; }

    /// <summary>Shards that were taken are served once their preparation is done, or after that long.</summary>
    public TimeSpan PreparationTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Entities of a shard that is handed over may take that long to stop; then they are stopped without being asked.</summary>
    public TimeSpan HandOffTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>A message whose shard nobody serves waits that long, then it is a dead letter.</summary>
    public TimeSpan BufferTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>What a beat that was accepted is good for, from its begin: less than <see cref="DeadAfter"/>, so that nobody is fenced who still believes in his shards.</summary>
    internal TimeSpan Validity => DeadAfter * 0.8;
}
