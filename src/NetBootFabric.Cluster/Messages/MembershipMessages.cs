namespace NetBootFabric.Cluster.Messages;

/// <summary>Something changed in the store that concerns you.</summary>
public sealed record LookAtOnce
{
    public static LookAtOnce Instance { get; } = new();
}

/// <summary>My beats fail: do yours? Answered with <see cref="BeatPong"/>.</summary>
public sealed record BeatPing(long Round, long Incarnation);

public sealed record BeatPong(long Round, BeatState State);

/// <summary>How a member's last beat went.</summary>
public enum BeatState
{
    /// <summary>It has no incarnation at the moment, and can tell nothing.</summary>
    Unknown = 0,

    /// <summary>Accepted, not long ago.</summary>
    Fresh = 1,

    /// <summary>It failed, or is not answered.</summary>
    Failing = 2,

    /// <summary>It fenced the asker, or tried to, or knows that another did.</summary>
    Fenced = 3,
}

/// <summary>Has its shard begun where it is at home, though none of its clients has asked for anything. Answered by nobody.</summary>
public sealed record StartShard(int Shard);
