using NetBootFabric.Boot.Clients;
using NetBootFabric.Wire;

namespace NetBootFabric.Node.Storms;

/// <summary>
/// Counts one head node's clients in a storm from their states alone: each has its phases with their times, so that nobody needs to have watched, and a head node that was restarted or
/// took clients over counts them as well. Pure.
/// </summary>
internal sealed class StormCount
{
    private const int LongestOfPhase = 10;
    private static readonly int PhaseCount = Enum.GetValues<BootPhase>().Length;
    private static readonly TimeSpan Lately = TimeSpan.FromSeconds(10);

    private readonly StormWindow _window;
    private readonly DateTimeOffset _until;
    private readonly int _step;
    private readonly StormTally _tally;
    private readonly PriorityQueue<(MacAddress Mac, double Seconds), double>[] _longest = [.. Enumerable.Range(0, PhaseCount).Select(_ => new PriorityQueue<(MacAddress, double), double>())];

    private StormCount(StormWindow window, DateTimeOffset until)
    {
        (_window, _until) = (window, until);
        _step = StormTally.StepLength(window.From, until.ToUnixTimeSeconds());
        _tally = new StormTally
        {
            Phases = new int[PhaseCount],
            Failures = [.. Enum.GetValues<BootStep>().Select(_ => new Dictionary<string, int>())],
            Stays = Table(Spread.Buckets),
            Waits = Table(Spread.Buckets),
            Boots = new int[Spread.Buckets],
            Line = Table(StormTally.Steps(window.From, until.ToUnixTimeSeconds())),
        };
    }

    /// <param name="until">Where the time line ends; waits count until then.</param>
    public static StormTally Of(IEnumerable<ClientState> clients, StormWindow window, DateTimeOffset until, Func<MacAddress, string> name)
    {
        var count = new StormCount(window, until);
        foreach (var client in clients) count.Add(client);
        return count.Total(name);
    }

    private void Add(ClientState client)
    {
        var latest = default(BootRecord);
        foreach (var boot in StormBoots.Of(client))
        {
            if (!_window.Holds(boot.StartedAt)) continue;
            if (latest is null) latest = boot;
            else if (boot.Phase == BootPhase.Failed) _tally.FailedBefore++;
        }
        if (latest is not null) Add(client.Mac, latest);
    }

    private void Add(MacAddress mac, BootRecord boot)
    {
        var (began, moved) = (boot.StartedAt.ToUnixTimeMilliseconds(), StormBoots.LastMove(boot).ToUnixTimeMilliseconds());
        _tally.First = _tally.First == 0 ? began : Math.Min(_tally.First, began);
        _tally.LastMove = Math.Max(_tally.LastMove, moved);
        _tally.Phases[(int)boot.Phase]++;
        Draw(boot);
        if (boot.Failure is { } failure && boot.Phase == BootPhase.Failed) Count(_tally.Failures[(int)failure.Step], failure.Cause.ToString());
        if (boot.Phase == BootPhase.Booted) Finish(boot);
        if (boot.HasEnded) return;
        if (boot.Held) _tally.Held++;
        else if (boot.AwaitsTurn) _tally.AwaitTurn++;
        else Wait(mac, boot);
    }

    /// <summary>Differences at first: <see cref="Total"/> sums them up.</summary>
    private void Draw(BootRecord boot)
    {
        for (var i = 0; i < boot.Phases.Length; i++)
        {
            var (phase, at) = ((int)boot.Phases[i].Phase, boot.Phases[i].At);
            if (StepOf(at) is var entered && entered < _tally.Line[phase].Length) _tally.Line[phase][entered]++;
            if (i + 1 == boot.Phases.Length) break;
            var left = boot.Phases[i + 1].At;
            if (StepOf(left) is var leaves && leaves < _tally.Line[phase].Length) _tally.Line[phase][leaves]--;
            _tally.Stays[phase][Spread.BucketOf(left - at)]++;
        }
    }

    private int StepOf(DateTimeOffset at) => (int)Math.Max(0, (at.ToUnixTimeSeconds() - _window.From) / _step);

    private void Finish(BootRecord boot)
    {
        var took = StormBoots.LastMove(boot) - boot.StartedAt;
        _tally.Boots[Spread.BucketOf(took)]++;
        _tally.Slowest = Math.Max(_tally.Slowest, (long)took.TotalMilliseconds);
        if (_until - StormBoots.LastMove(boot) < Lately) _tally.BootedLately++;
    }

    private void Wait(MacAddress mac, BootRecord boot)
    {
        var waits = _until - StormBoots.LastMove(boot);
        _tally.Waits[(int)boot.Phase][Spread.BucketOf(waits)]++;
        var longest = _longest[(int)boot.Phase];
        longest.Enqueue((mac, waits.TotalSeconds), waits.TotalSeconds);
        if (longest.Count > LongestOfPhase) longest.Dequeue();
    }

    private StormTally Total(Func<MacAddress, string> name)
    {
        foreach (var phase in _tally.Line)
            for (var step = 1; step < phase.Length; step++) phase[step] += phase[step - 1];
        _tally.Longest = [.. _longest.SelectMany((waiting, phase) => waiting.UnorderedItems.Select(each => new Waiting(each.Element.Mac.ToString(), name(each.Element.Mac), phase, Math.Round(each.Element.Seconds, 1))))];
        return _tally;
    }

    private static void Count(Dictionary<string, int> counts, string key) => counts[key] = counts.GetValueOrDefault(key) + 1;

    private static int[][] Table(int columns) => [.. Enumerable.Range(0, PhaseCount).Select(_ => new int[columns])];
}
