using Microsoft.Extensions.Logging;
using NetBootFabric.Boot.Clients;
using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Node.Logging;

namespace NetBootFabric.Node.Wiring;

/// <summary>A line in the log for what an operator wants to find there: clients that are bound, booted or failed. The other phases are pbm's.</summary>
internal sealed class PhaseLog(ILogger log, IRoomSource rooms, TimeProvider time)
{
    /// <summary>A storm's ten thousand clients don't flood the journal: what is over is counted.</summary>
    private const int LinesPerSecond = 50;

    private readonly Lock _gate = new();
    private long _second;
    private int _lines;
    private int _skipped;

    public void Write(ClientState state)
    {
        if (state.Current is not { Phase: BootPhase.Bound or BootPhase.Booted or BootPhase.Failed } boot || !MayWrite()) return;
        var name = TargetResolution.NameOf(rooms.Current.NodeOf(state.Mac), state.Mac);
        if (boot.Failure is { } failure) log.BootFailed(name, state.Mac.ToString(), failure.Step.ToString(), failure.Cause.ToString(), failure.Detail);
        else log.Phase(name, state.Mac.ToString(), boot.Phase.ToString(), boot.Address.ToString());
    }

    private bool MayWrite()
    {
        var skipped = 0;
        lock (_gate)
        {
            var second = time.GetUtcNow().ToUnixTimeSeconds();
            if (second == _second) return ++_lines <= LinesPerSecond || Skip();
            (skipped, _skipped, _second, _lines) = (_skipped, 0, second, 1);
        }
        if (skipped > 0) log.PhasesSkipped(skipped);
        return true;
    }

    private bool Skip()
    {
        _skipped++;
        return false;
    }
}
