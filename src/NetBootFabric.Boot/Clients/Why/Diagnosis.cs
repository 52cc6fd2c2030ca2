using System.Collections.Immutable;

namespace NetBootFabric.Boot.Clients.Why;

/// <summary>How a client stands, for people: what is seen, and what to do about it.</summary>
/// <param name="Sentence">One sentence that says it all, about "it"; neither name nor full stop.</param>
public sealed record Diagnosis(ClientStanding Standing, string Sentence)
{
    /// <summary>Null when nothing is wrong.</summary>
    public FailureCause? Cause { get; init; }

    /// <summary>Where it is wrong; null when nothing is.</summary>
    public BootStep? Step { get; init; }

    /// <summary>What the operator can do; empty when there is nothing to do.</summary>
    public string Remedy { get; init; } = "";

    /// <summary>What else was seen, a line each.</summary>
    public ImmutableArray<string> Evidence { get; init; } = [];
}

public enum ClientStanding
{
    /// <summary>No boot of it is known.</summary>
    Unheard,

    /// <summary>Booted, or only a lease was asked for and given.</summary>
    Fine,

    /// <summary>It boots from its own disk, as the operator wants.</summary>
    LocalDisk,

    /// <summary>The operator keeps it waiting.</summary>
    Held,

    /// <summary>It boots.</summary>
    GoingOn,

    /// <summary>It boots, much slower than the others.</summary>
    Slow,

    /// <summary>It does not get on now, and may by itself.</summary>
    Stuck,
    Failed,
}
