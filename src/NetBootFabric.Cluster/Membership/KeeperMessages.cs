using Akka.Cluster;
using NetBootFabric.Boot.Membership;

namespace NetBootFabric.Cluster.Membership;

// What a node's own parts say to its MembershipKeeper. None of these leaves the node.

/// <summary>A shard wants to begin.</summary>
/// <param name="Lost">Called when it has to stop.</param>
internal sealed record AcquireShard(int Shard, Action<Exception> Lost, TaskCompletionSource<bool> Done) : INoSerializationVerificationNeeded;

/// <summary>The shard has stopped here.</summary>
internal sealed record ReleaseShard(int Shard) : INoSerializationVerificationNeeded;

/// <param name="IsProven">Its port refuses connections: nobody is there any more.</param>
internal sealed record Suspected(UniqueAddress Node, bool IsProven) : INoSerializationVerificationNeeded;

/// <summary>Leaving begins: nothing new is taken.</summary>
internal sealed record BeginToLeave
{
    public static BeginToLeave Instance { get; } = new();
}

/// <summary>Akka's part is over, everything is given away: the store may know.</summary>
internal sealed record EndMembership
{
    public static EndMembership Instance { get; } = new();
}

internal sealed record CallEnded(Action Handle) : INoSerializationVerificationNeeded;

internal sealed record Prepared(long Batch) : INoSerializationVerificationNeeded;

/// <summary>What was unwritten of it is written, or its time is over.</summary>
internal sealed record ShardClosed(ShardRow Row) : INoSerializationVerificationNeeded;

internal sealed record PreparationDue(long Batch) : INoSerializationVerificationNeeded;

internal sealed record AcquireAgain
{
    public static AcquireAgain Instance { get; } = new();
}

internal sealed record TellLost
{
    public static TellLost Instance { get; } = new();
}

internal sealed record StartOrphans
{
    public static StartOrphans Instance { get; } = new();
}
