namespace NetBootFabric.AdminApi.Why;

/// <summary>How a client stands, and why: one sentence, what it rests on, what to do.</summary>
public sealed record WhyView
{
    public required string Mac { get; init; }
    public required string Name { get; init; }

    /// <summary>Unheard, Fine, LocalDisk, Held, GoingOn, Slow, Stuck or Failed.</summary>
    public required string Standing { get; init; }

    /// <summary>About "it": neither name nor full stop.</summary>
    public required string Sentence { get; init; }

    /// <summary>Dhcp, Arp, Tftp, Http or Kernel; null when nothing is wrong.</summary>
    public string? Step { get; init; }

    /// <summary>The cause's name; null when nothing is wrong.</summary>
    public string? Cause { get; init; }

    /// <summary>What to do; null when there is nothing to do.</summary>
    public string? Remedy { get; init; }

    /// <summary>What else was seen, a line each.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];
}

/// <summary>Clients that don't get on for one cause.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Clients">Ordered by name, without their evidence; the first thousand.</param>
public sealed record WhyGroup(string Step, string Cause, int Count, IReadOnlyList<WhyView> Clients);

/// <summary>Everything that does not get on now.</summary>
/// <param name="Groups">The most frequent cause first.</param>
/// <param name="OtherServers">DHCP servers beside the fabric's, a sentence each, where addresses are given by the fabric.</param>
public sealed record WhyReport(IReadOnlyList<WhyGroup> Groups, IReadOnlyList<string> OtherServers);
