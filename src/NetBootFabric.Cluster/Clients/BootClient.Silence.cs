using NetBootFabric.Boot.Clients;
using NetBootFabric.Cluster.Messages;

namespace NetBootFabric.Cluster.Clients;

public sealed partial class BootClient
{
    /// <summary>
    /// An actor that heard nothing for this long leaves memory, also while its client's silence is awaited: see <see cref="ClientClock"/>. Longer than from an OFFER to its REQUEST, and than
    /// the copies of one packet may be apart.
    /// </summary>
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(2);

    /// <summary>It heard something since it was last asked whether it is idle.</summary>
    private bool _isBusy;

    /// <summary>Until then the clock looks at this client without being told again.</summary>
    private DateTimeOffset _awaited = DateTimeOffset.MaxValue;

    /// <summary>The clock is told only of what is due earlier than it knows: not for each packet.</summary>
    private void Watch()
    {
        if (BootMachine.Deadline(_state) is not { } due || due >= _awaited) return;
        _awaited = due;
        _services.Clock.Await(_state.Mac, due, Now);
    }

    /// <summary>The deadline may have come.</summary>
    private void LookAtSilence()
    {
        _awaited = DateTimeOffset.MaxValue;
        Advance(BootMachine.OnSilence(_state, Now));
        Watch();
    }

    private void LookAtRest()
    {
        // A stranger stays for as long as something may become of it: what is remembered of strangers is bounded by their places.
        // So does who was offered an address and has yet to ask for it.
        var isOffered = _state is { Current.Phase: BootPhase.Offered, OfferedAddress.IsAny: false } && BootMachine.Deadline(_state) > Now;
        if (_isBusy || isOffered || _pending is not null || (_place is not null && BootMachine.Deadline(_state) > Now)) Rest();
        else
        {
            if (_place is not null) _services.Board.Retire(_state.Mac);
            Withdraw();
        }
    }

    private void Withdraw() => Context.Parent.Tell(new Passivate(StopClient.Instance), Self);

    private void Rest()
    {
        _isBusy = false;
        var now = Now;
        _services.Clock.Rest(Self, now + IdleTime, now);
    }

    /// <summary>Told by the clock.</summary>
    internal sealed record Tick
    {
        public static Tick Instance { get; } = new();
    }
}
