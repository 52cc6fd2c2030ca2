using NetBootFabric.AdminApi.Doctor;

namespace NetBootFabric.Node.Doctor;

/// <summary>All checks of this head node, at the same time. Who asks while they run, or soon after, shares what they find: some of them ask the network.</summary>
internal sealed class HeadDoctorRounds(string node, IReadOnlyList<IDoctorCheck> checks, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Shared = TimeSpan.FromSeconds(3);

    private readonly Lock _gate = new();
    private Task<HeadDoctor>? _round;
    private long _ended;

    public Task<HeadDoctor> LookAsync()
    {
        lock (_gate)
        {
            if (_round is not null && (!_round.IsCompleted || time.GetElapsedTime(_ended) < Shared)) return _round;
            return _round = RoundAsync();
        }
    }

    /// <summary>Begins to look, if need be, and says what is known at once.</summary>
    public HeadDoctor Now() => LookAsync() is { IsCompletedSuccessfully: true, Result: var done } ? done : new HeadDoctor { Node = node, Running = true };

    private async Task<HeadDoctor> RoundAsync()
    {
        await Task.Yield();
        var looks = await Task.WhenAll(checks.Select(LookAsync));
        _ended = time.GetTimestamp();
        return new HeadDoctor { Node = node, At = time.GetUtcNow(), Findings = [.. looks.SelectMany(found => found)] };
    }

    private async Task<IReadOnlyList<FindingView>> LookAsync(IDoctorCheck check)
    {
        IReadOnlyList<Finding> found;
        try
        {
            found = await Task.Factory.StartNew(() => check.Look().ToList(), default, TaskCreationOptions.LongRunning, TaskScheduler.Default).WaitAsync(Patience, time);
        }
        catch (TimeoutException)
        {
            found = [Finding.Advice($"no result within {Patience.TotalSeconds:0} s", "ask again; look at the load of the machine")];
        }
        catch (Exception failed)
        {
            found = [Finding.Advice($"could not be looked at: {failed.Message}", "look at the rights that netbootd has (its unit's capabilities)")];
        }
        return [.. found.Select(each => new FindingView(check.Name, each.State, each.Seen, each.Remedy))];
    }
}
