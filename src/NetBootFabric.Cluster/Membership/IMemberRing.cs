using System.Collections.Immutable;
using Akka.Cluster;

namespace NetBootFabric.Cluster.Membership;

/// <summary>Akka's cluster as the <see cref="MembershipKeeper"/> uses it: who is a member, and who is to be one or is not any more.</summary>
internal interface IMemberRing
{
    UniqueAddress Self { get; }

    /// <summary>Those that are neither down nor removed.</summary>
    IReadOnlyCollection<UniqueAddress> Members { get; }

    /// <summary>Tells the keeper of each member that is up (<see cref="MemberCame"/>), those of now included, and of each that was removed (<see cref="MemberWent"/>).</summary>
    void Follow(IActorRef keeper);

    void Unfollow(IActorRef keeper);

    /// <summary>Begins a cluster.</summary>
    void Found();

    /// <summary>Asks these to let this node in.</summary>
    void Ask(ImmutableSortedSet<Address> contacts);

    /// <summary>A member that may not act any more is not heard again.</summary>
    void PutOut(UniqueAddress member);

    /// <summary>This node is a member no longer: its actor system ends.</summary>
    void End();
}

/// <summary>Tells the keeper; never leaves the node.</summary>
internal sealed record MemberCame(UniqueAddress Node) : INoSerializationVerificationNeeded;

/// <summary>Tells the keeper; never leaves the node.</summary>
internal sealed record MemberWent(UniqueAddress Node) : INoSerializationVerificationNeeded;
