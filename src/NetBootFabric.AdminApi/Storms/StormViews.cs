namespace NetBootFabric.AdminApi.Storms;

public static class StormRoutes
{
    /// <summary>GET: a <see cref="StormView"/> over all head nodes.</summary>
    public const string Storm = "/api/v1/storm";
}

/// <summary>
/// The storm that is going on, or the last one of the past hours. A storm begins when at least five clients begin to boot within half a minute, and ends when none of them boots any more or
/// nothing has moved for two minutes. Times are UTC.
/// </summary>
public sealed record StormView
{
    /// <summary>none, running or ended.</summary>
    public required string State { get; init; }

    /// <summary>When this was counted.</summary>
    public required DateTimeOffset At { get; init; }
    public DateTimeOffset? BeganAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>From its first DISCOVER until now, or until its end.</summary>
    public double Seconds { get; init; }

    /// <summary>Head nodes whose clients are counted.</summary>
    public int HeadNodes { get; init; } = 1;

    public int Clients { get; init; }
    public int Booting { get; init; }
    public int Booted { get; init; }
    public int Failed { get; init; }

    /// <summary>Boots of the storm that failed and whose client has begun anew since.</summary>
    public int FailedBefore { get; init; }

    /// <summary>Of those that boot: held by the operator.</summary>
    public int Held { get; init; }

    /// <summary>Of those that boot: told to wait until the uplink of their head node has room for what they load.</summary>
    public int AwaitTurn { get; init; }

    /// <summary>What each head node carries just now, with and without a storm.</summary>
    public IReadOnlyList<UplinkView> Uplinks { get; init; } = [];

    /// <summary>Clients now in each phase, all phases in their order.</summary>
    public IReadOnlyDictionary<string, int> Phases { get; init; } = new Dictionary<string, int>();

    /// <summary>Boots that reached their system, over the last ten seconds; over the whole of a storm that has ended.</summary>
    public double BootsPerSecond { get; init; }

    /// <summary>The most in one step of the time line.</summary>
    public double PeakPerSecond { get; init; }

    /// <summary>Until the last client is up, if it goes on at this rate; null: nobody can say yet.</summary>
    public double? SecondsLeft { get; init; }

    /// <summary>What the middle one of those that are up took for its boot.</summary>
    public double? MedianSeconds { get; init; }
    public double? SlowestSeconds { get; init; }

    /// <summary>Failed clients by the step at which they failed, all steps in their order.</summary>
    public IReadOnlyList<StepFailures> Failures { get; init; } = [];

    /// <summary>Clients far longer in their phase than it takes the others; the first of them, longest wait first.</summary>
    public IReadOnlyList<StragglerView> Stragglers { get; init; } = [];

    /// <summary>How many there are in all.</summary>
    public int StragglerCount { get; init; }

    public StormTimeline? Timeline { get; init; }
}

/// <summary>One head node's uplink, as its governor sees it.</summary>
/// <param name="OctetsPerSecond">What clients got of late.</param>
/// <param name="Backlog">Octets that running downloads have yet to move.</param>
/// <param name="Downloads">That run.</param>
/// <param name="Waiting">Requests for files that wait for room on the uplink.</param>
/// <param name="Turns">Clients that were told to wait for their turn.</param>
/// <param name="SecondsLeft">For the backlog at this rate; null: nothing moves.</param>
public sealed record UplinkView(string Node, long OctetsPerSecond, long Backlog, int Downloads, int Waiting, int Turns, double? SecondsLeft);

/// <param name="Step">Dhcp, Arp, Tftp, Http or Kernel.</param>
/// <param name="Causes">Clients by cause.</param>
public sealed record StepFailures(string Step, int Clients, IReadOnlyDictionary<string, int> Causes);

/// <param name="Waits">Seconds in this phase so far.</param>
/// <param name="Usual">What the middle one of those that left this phase took, in seconds.</param>
public sealed record StragglerView(string Mac, string Name, string Phase, double Waits, double Usual);

/// <param name="From">When the first step of the time line begins.</param>
/// <param name="StepSeconds">The length of a step: one second, more for a long storm.</param>
/// <param name="Counts">For each phase, in their order: clients in it at the end of each step.</param>
public sealed record StormTimeline(DateTimeOffset From, int StepSeconds, IReadOnlyList<string> Phases, IReadOnlyList<IReadOnlyList<int>> Counts);
