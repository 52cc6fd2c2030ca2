using NetBootFabric.Storm.Clients;
using NetBootFabric.Storm.Room;

namespace NetBootFabric.Storm.Report;

/// <summary>What came of a storm. Times are seconds.</summary>
internal sealed record StormReport
{
    private const int ExamplesOfEach = 3;

    public required string Interface { get; init; }
    public required int Clients { get; init; }
    public required string Kinds { get; init; }
    public required string Arrivals { get; init; }
    public required ulong Seed { get; init; }
    public required int Booted { get; init; }
    public required int Failed { get; init; }
    /// <summary>From the first client's power-on to the end of the last.</summary>
    public required double Seconds { get; init; }
    /// <summary>From the first client's power-on to the last one that booted.</summary>
    public required double LastBooted { get; init; }
    public required IReadOnlyList<FailureCount> Failures { get; init; }
    public required IReadOnlyList<DuplicateView> DuplicateAddresses { get; init; }
    public required IReadOnlyList<MilestoneView> Phases { get; init; }
    /// <summary>How many clients needed how many DHCP exchanges.</summary>
    public required IReadOnlyDictionary<int, int> ExchangesPerClient { get; init; }
    /// <summary>How many clients had to begin anew how often.</summary>
    public required IReadOnlyDictionary<int, int> RestartsPerClient { get; init; }
    /// <summary>How many clients sent how many DISCOVERs and REQUESTs again.</summary>
    public required IReadOnlyDictionary<int, int> DhcpRetriesPerClient { get; init; }
    /// <summary>What was acknowledged last to each client that was given a lease at all.</summary>
    public required IReadOnlyList<LeaseView> Leases { get; init; }
    public required IReadOnlyDictionary<string, long> Counters { get; init; }
    /// <summary>For each milestone: how many clients had it behind them, over the storm's time.</summary>
    public required IReadOnlyList<Curve> Curves { get; init; }

    public static StormReport Of(ClientRoom room, TimeSpan elapsed, string link, long refused, long dropped)
    {
        var clients = room.Clients;
        var booted = clients.Where(client => client.State == ClientState.Booted).ToArray();
        return new StormReport
        {
            Interface = link,
            Clients = clients.Count,
            Kinds = room.Plan.Kinds.ToString(),
            Arrivals = room.Plan.Arrivals.ToString(),
            Seed = room.Plan.Seed,
            Booted = room.Booted,
            Failed = room.Failed,
            Seconds = elapsed.TotalSeconds,
            LastBooted = booted.Length == 0 ? 0 : booted.Max(client => client.End).TotalSeconds,
            Failures = [.. FailuresOf(clients)],
            DuplicateAddresses = [.. room.Duplicates.Select(one => new DuplicateView(one.Address.ToString(), one.First.ToString(), one.Second.ToString()))],
            Phases = [.. Enum.GetValues<Milestone>().Select(milestone => MilestoneView.Of(clients, milestone)).Where(view => view.Times.Count > 0)],
            ExchangesPerClient = Spread(clients, client => client.Exchanges),
            RestartsPerClient = Spread(clients, client => client.Restarts),
            DhcpRetriesPerClient = Spread(clients, client => client.DhcpRetries),
            Leases = [.. clients.Where(client => client.Lease is not null).Select(client => new LeaseView(client.Station.Mac.ToString(), client.Lease!.Address.ToString(), client.Lease.Server.ToString()))],
            Counters = CounterNames.Read(room, refused, dropped),
            Curves = [.. Curve.Of(clients)],
        };
    }

    private static Dictionary<int, int> Spread(IEnumerable<SimulatedClient> clients, Func<SimulatedClient, int> number) =>
        clients.GroupBy(number).OrderBy(group => group.Key).ToDictionary(group => group.Key, group => group.Count());

    private static IEnumerable<FailureCount> FailuresOf(IReadOnlyList<SimulatedClient> clients) => clients
        .Where(client => client.State == ClientState.Failed)
        .GroupBy(client => client.Failure.Step)
        .OrderBy(group => group.Key)
        .Select(group => new FailureCount(group.Key.ToString(), group.Key.Text(), group.Count(),
            [.. group.Take(ExamplesOfEach).Select(client => $"{client.Station.Mac} ({client.Kind.Name()}): {client.Failure.Detail}")]));
}

/// <param name="Step">Its name in the JSON report.</param>
/// <param name="Text">For people.</param>
/// <param name="Examples">Some of the clients, and what happened.</param>
internal sealed record FailureCount(string Step, string Text, int Clients, IReadOnlyList<string> Examples);

internal sealed record DuplicateView(string Address, string First, string Second);

/// <param name="Server">Who acknowledged it: option 54.</param>
internal sealed record LeaseView(string Mac, string Address, string Server);

internal sealed record MilestoneView(string Phase, Percentiles Times)
{
    public static MilestoneView Of(IEnumerable<SimulatedClient> clients, Milestone milestone) =>
        new(milestone.ToString(), Percentiles.Of(clients.Select(client => client.TimeTo(milestone)).OfType<TimeSpan>()));
}
