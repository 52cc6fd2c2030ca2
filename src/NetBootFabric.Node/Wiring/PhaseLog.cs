using Microsoft.Extensions.Logging;
using NetBootFabric.Boot.Clients;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Node.Logging;

namespace NetBootFabric.Node.Wiring;

/// <summary>A line in the log for what an operator wants to find there: clients that are bound, booted or failed. The other phases are pbm's.</summary>
internal sealed class PhaseLog(ILogger log, IRoomSource rooms)
{
    public void Write(ClientState state)
    {
        if (state.Current is not { Phase: BootPhase.Bound or BootPhase.Booted or BootPhase.Failed } boot) return;
        var name = new ClientName(rooms.Current.NodeOf(state.Mac), state.Mac);
        if (boot.Failure is { } failure) log.BootFailed(name, state.Mac, failure.Step, failure.Cause, failure.Detail);
        else log.Phase(name, state.Mac, boot.Phase, boot.Address);
    }
}
