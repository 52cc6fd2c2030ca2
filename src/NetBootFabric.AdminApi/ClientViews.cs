using NetBootFabric.AdminApi.Why;

namespace NetBootFabric.AdminApi;

/// <summary>A client in a list. Phases, steps and causes are the names of the boot's enumerations; times are UTC.</summary>
public sealed record ClientSummary
{
    public required string Mac { get; init; }
    public required string Name { get; init; }

    /// <summary>True when no node entry names it.</summary>
    public bool New { get; init; }
    public string? Address { get; init; }
    public string? Phase { get; init; }
    public string? Profile { get; init; }

    /// <summary>The group of its node entry.</summary>
    public string? Group { get; init; }

    /// <summary>The variable <c>rack</c> of its node entry or groups.</summary>
    public string? Rack { get; init; }
    public string? Architecture { get; init; }
    public string? Loader { get; init; }
    public string? Transport { get; init; }
    public long Boot { get; init; }
    public int Exchanges { get; init; }
    public long Bytes { get; init; }
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When the present phase began.</summary>
    public DateTimeOffset? PhaseSince { get; init; }

    /// <summary>When its last packet came.</summary>
    public DateTimeOffset? LastHeard { get; init; }
    public FailureView? Failure { get; init; }

    /// <summary>Why it failed, in a sentence about "it"; null when it has not.</summary>
    public string? Why { get; init; }
}

/// <summary>Everything known of one client.</summary>
public sealed record ClientDetail
{
    public required ClientSummary Summary { get; init; }
    public string? Uuid { get; init; }
    public IReadOnlyList<string> ClientIdentifiers { get; init; } = [];
    public string? VendorClass { get; init; }
    public string? RelayInformation { get; init; }

    /// <summary>The one that it got or renewed last.</summary>
    public LeaseView? Lease { get; init; }

    /// <summary>All, the one renewed last first: a machine may have one in each subnet that it asks in.</summary>
    public IReadOnlyList<LeaseView> Leases { get; init; } = [];

    /// <summary>How it stands, and why.</summary>
    public WhyView? Why { get; init; }

    /// <summary>The boot going on, or the last.</summary>
    public BootView? Current { get; init; }

    /// <summary>Earlier boots, newest first.</summary>
    public IReadOnlyList<BootView> History { get; init; } = [];
}

public sealed record BootView
{
    public required long Number { get; init; }
    public required string Phase { get; init; }
    public IReadOnlyList<PhaseView> Phases { get; init; } = [];

    /// <summary>False: only a lease was asked for.</summary>
    public bool Boots { get; init; }
    public string? Address { get; init; }
    public string? Server { get; init; }
    public string? Architecture { get; init; }
    public string? Loader { get; init; }
    public string? Transport { get; init; }
    public int Discovers { get; init; }
    public int Exchanges { get; init; }
    public int Retries { get; init; }
    public int ArpQuestions { get; init; }
    public int Retransmissions { get; init; }
    public long Bytes { get; init; }
    public IReadOnlyList<DownloadView> Downloads { get; init; } = [];

    /// <summary>What went wrong last and may be mended by the client's retry.</summary>
    public FailureView? Trouble { get; init; }
    public FailureView? Failure { get; init; }
}

/// <param name="Seconds">In this phase; null for the last one while the boot goes on.</param>
public sealed record PhaseView(string Phase, DateTimeOffset At, double? Seconds);

public sealed record DownloadView(string Path, string Protocol, string Role, long Bytes, long? Length, string Stage);

public sealed record FailureView(string Step, string Cause, string Detail);

public sealed record LeaseView(string Address, DateTimeOffset ExpiresAt, bool Running, bool Fixed);
