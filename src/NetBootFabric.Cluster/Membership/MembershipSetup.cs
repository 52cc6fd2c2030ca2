using NetBootFabric.Boot.Membership;
using NetBootFabric.Cluster.Links;

namespace NetBootFabric.Cluster.Membership;

/// <summary>What makes a head node one of several. Given to each of its actor systems when that is made.</summary>
public sealed class MembershipSetup : Akka.Actor.Setup.Setup
{
    public required IClusterStore Store { get; init; }

    /// <summary>Names the member for good: a restart keeps it.</summary>
    public required string Name { get; init; }

    /// <summary>What this process shows to the others.</summary>
    public required NodeCertificate Certificate { get; init; }

    /// <summary>1 to 1000: its share of the shards.</summary>
    public required int Weight { get; init; }

    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>Told the certificates of the members with each beat.</summary>
    public required PeerTrust Trust { get; init; }

    /// <summary>Time between two beats.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>A member whose heart was not heard for that long, by the store's clock, is fenced.</summary>
    public TimeSpan DeadAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Shards that were taken are served once they are prepared, or after that long.</summary>
    public TimeSpan PreparationTimeout { get; init; } = TimeSpan.FromSeconds(3);

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The members as an actor system's cluster knows them.</summary>
    internal Func<ActorSystem, IMemberRing> Ring { get; init; } = static system => new AkkaRing(system);

    /// <summary>Lives as long as the process: one actor system after the other writes it.</summary>
    internal MembershipState State => field ??= new MembershipState(this);

    /// <summary>What a beat that was accepted is good for, from its begin: less than <see cref="DeadAfter"/>, so that nobody is fenced who still believes in his shards.</summary>
    internal TimeSpan Validity => DeadAfter * 0.8;
}
