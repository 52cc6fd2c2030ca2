using NetBootFabric.AdminApi.Storms;
using NetBootFabric.Boot.Clients;

namespace NetBootFabric.Node.Storms;

/// <summary>From what each head node counted to what the operator sees of a storm. Pure.</summary>
internal static class StormProgress
{
    private const int StragglersShown = 20;

    /// <summary>Four times what the others took is far behind.</summary>
    private const int Far = 2 * Spread.Double;

    /// <summary>Before a twentieth is up the rate of the first ones says nothing of the others.</summary>
    private const int Few = 20;

    /// <summary>A median of fewer says nothing.</summary>
    private const int Passed = 5;

    private static readonly int Patience = Spread.BucketOf(TimeSpan.FromSeconds(5));
    private static readonly string[] PhaseNames = Enum.GetNames<BootPhase>();
    private static readonly string[] StepNames = Enum.GetNames<BootStep>();

    /// <param name="until">Until when the tallies count.</param>
    public static StormView Of(StormWindow window, IReadOnlyCollection<StormTally> tallies, DateTimeOffset until, DateTimeOffset now)
    {
        var members = tallies.Where(tally => tally.First != 0).ToList();
        if (members.Count == 0) return new StormView { State = "none", At = now, HeadNodes = tallies.Count, Uplinks = Uplinks(tallies) };
        int[] phases = Sum(members, tally => tally.Phases);
        var (booted, failed) = (phases[(int)BootPhase.Booted], phases[(int)BootPhase.Failed]);
        var booting = phases.Sum() - booted - failed;
        var began = DateTimeOffset.FromUnixTimeMilliseconds(members.Min(tally => tally.First));
        var moved = DateTimeOffset.FromUnixTimeMilliseconds(members.Max(tally => tally.LastMove));
        var runs = booting > 0 && now - moved < StormWindow.Quiet;
        var seconds = Math.Max(0, ((runs ? now : moved) - began).TotalSeconds);
        var lately = runs ? members.Sum(tally => tally.BootedLately) / Math.Clamp(seconds, 1, 10) : booted / Math.Max(1, seconds);
        var line = Line(window, members, until, runs ? until : moved);
        var stragglers = Stragglers(members);
        return new StormView
        {
            State = runs ? "running" : "ended",
            At = now,
            BeganAt = began,
            EndedAt = runs ? null : moved,
            Seconds = Math.Round(seconds, 1),
            HeadNodes = tallies.Count,
            Clients = phases.Sum(),
            Booting = booting,
            Booted = booted,
            Failed = failed,
            FailedBefore = members.Sum(tally => tally.FailedBefore),
            Held = members.Sum(tally => tally.Held),
            AwaitTurn = members.Sum(tally => tally.AwaitTurn),
            Uplinks = Uplinks(tallies),
            Phases = PhaseNames.Zip(phases).ToDictionary(each => each.First, each => each.Second),
            BootsPerSecond = Math.Round(lately, 1),
            PeakPerSecond = Math.Round(Peak(line), 1),
            SecondsLeft = runs && lately > 0 && booted * Few >= phases.Sum() ? Math.Round(booting / lately) : null,
            MedianSeconds = Spread.Median(Sum(members, tally => tally.Boots)) is { } median ? Math.Round(Spread.SecondsOf(median), 1) : null,
            SlowestSeconds = booted == 0 ? null : members.Max(tally => tally.Slowest) / 1000.0,
            Failures = [.. StepNames.Select((name, step) => Failures(name, [.. members.Select(tally => tally.Failures[step])]))],
            Stragglers = [.. stragglers.Shown.Take(StragglersShown)],
            StragglerCount = stragglers.Count,
            Timeline = line,
        };
    }

    private static IReadOnlyList<UplinkView> Uplinks(IEnumerable<StormTally> tallies) =>
        [.. tallies.Select(tally => tally.Uplink).OfType<UplinkView>().OrderBy(uplink => uplink.Node, StringComparer.Ordinal)];

    private static StepFailures Failures(string step, IReadOnlyList<Dictionary<string, int>> counts)
    {
        var causes = counts.SelectMany(each => each).GroupBy(each => each.Key).ToDictionary(same => same.Key, same => same.Sum(each => each.Value));
        return new StepFailures(step, causes.Values.Sum(), causes.OrderByDescending(cause => cause.Value).ToDictionary());
    }

    private static (IEnumerable<StragglerView> Shown, int Count) Stragglers(List<StormTally> tallies)
    {
        var shown = new List<StragglerView>();
        var count = 0;
        for (var phase = 0; phase < PhaseNames.Length; phase++)
        {
            var stays = Sum(tallies, tally => tally.Stays[phase]);
            if (stays.Sum() < Passed || Spread.Median(stays) is not { } median) continue;
            var far = Math.Max(Patience, median + Far);
            count += Sum(tallies, tally => tally.Waits[phase]).Skip(far).Sum();
            shown.AddRange(tallies.SelectMany(tally => tally.Longest).Where(each => each.Phase == phase && Spread.BucketOf(TimeSpan.FromSeconds(each.Seconds)) >= far)
                .Select(each => new StragglerView(each.Mac, each.Name, PhaseNames[phase], each.Seconds, Math.Round(Spread.SecondsOf(median), 2))));
        }
        return (shown.OrderByDescending(each => each.Waits), count);
    }

    /// <summary>The steps until <paramref name="end"/> of a line that was counted until <paramref name="until"/>.</summary>
    private static StormTimeline Line(StormWindow window, List<StormTally> tallies, DateTimeOffset until, DateTimeOffset end)
    {
        var length = StormTally.StepLength(window.From, until.ToUnixTimeSeconds());
        var skip = (int)((tallies.Min(tally => tally.First) / 1000 - window.From) / length);
        var steps = (int)((end.ToUnixTimeSeconds() - window.From) / length) + 1;
        var counts = PhaseNames.Select((_, phase) => (IReadOnlyList<int>)[.. Sum(tallies, tally => tally.Line[phase]).Take(steps).Skip(skip)]);
        return new StormTimeline(DateTimeOffset.FromUnixTimeSeconds(window.From + (long)skip * length), length, PhaseNames, [.. counts]);
    }

    private static double Peak(StormTimeline line)
    {
        var booted = line.Counts[(int)BootPhase.Booted];
        var most = 0;
        for (var i = 0; i < booted.Count; i++) most = Math.Max(most, booted[i] - (i == 0 ? 0 : booted[i - 1]));
        return most / (double)line.StepSeconds;
    }

    private static int[] Sum(List<StormTally> tallies, Func<StormTally, int[]> counts) => tallies.Select(counts).Aggregate(Spread.Add);
}
