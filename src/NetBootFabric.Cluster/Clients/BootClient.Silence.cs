using NetBootFabric.Boot.Clients;
using NetBootFabric.Cluster.Messages;

namespace NetBootFabric.Cluster.Clients;

public sealed partial class BootClient
{
    /// <summary>With nothing to wait for, an actor leaves memory after this long; what it knows is in the journal.</summary>
    private static readonly TimeSpan IdleTime = TimeSpan.FromMinutes(2);

    private const string TickKey = "tick";

    private DateTimeOffset _lookAt;

    /// <summary>One timer an actor, set anew only when something is due earlier: not for each packet. It looks whether its time has really come.</summary>
    private void Watch()
    {
        var now = Now;
        var due = BootMachine.Deadline(_state) ?? now + (_state.Current is null ? BootMachine.NetworkPatience : IdleTime); // a new client's first packet, which comes now, then needs no timer anew
        if (!Timers.IsTimerActive(TickKey) || due < _lookAt) Rest(due - now);
    }

    private void Look()
    {
        var now = Now;
        if (BootMachine.Deadline(_state) is { } deadline)
        {
            Advance(BootMachine.OnSilence(_state, now));
            Rest(BootMachine.Deadline(_state) is { } later ? later - now : IdleTime);
        }
        else if (_pending is not null || now - LastHeard < IdleTime)
        {
            Rest(IdleTime);
        }
        else
        {
            if (_place is not null) _services.Board.Retire(_state.Mac);
            Withdraw();
        }
    }

    private void Withdraw() => Context.Parent.Tell(new Passivate(StopClient.Instance), Self);

    private DateTimeOffset LastHeard => _state.Current?.LastHeard ?? DateTimeOffset.MinValue;

    private void Rest(TimeSpan time)
    {
        _lookAt = Now + time;
        Timers.StartSingleTimer(TickKey, Tick.Instance, time > TimeSpan.Zero ? time : TimeSpan.FromMilliseconds(1));
    }

    private sealed record Tick
    {
        public static Tick Instance { get; } = new();
    }
}
