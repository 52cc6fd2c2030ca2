using NetBootFabric.Boot.Clients;
using Page.Tests.Heads;

namespace Page.Tests.Measuring;

/// <summary>A storm on a board: every client goes through its phases at its own speed, one in a hundred fails on the way.</summary>
internal sealed class Motion(LiveHead head, int clients, double seconds)
{
    private static readonly BootPhase[] Way = [BootPhase.Discovering, BootPhase.Offered, BootPhase.Bound, BootPhase.Resolved, BootPhase.Script, BootPhase.Kernel, BootPhase.Initrd, BootPhase.Booted];
    private static readonly (BootStep, FailureCause)[] Faults = [(BootStep.Dhcp, FailureCause.NoRequest), (BootStep.Arp, FailureCause.ArpUnanswered), (BootStep.Tftp, FailureCause.TransferTimedOut), (BootStep.Http, FailureCause.NotFound), (BootStep.Kernel, FailureCause.NoReport)];

    private readonly Random _random = new(1);
    private readonly PriorityQueue<(int Number, int Step), double> _due = new();

    /// <summary>Phases entered.</summary>
    public int Entered { get; private set; }

    public async Task RunAsync(CancellationToken cancellation)
    {
        for (var i = 1; i <= clients; i++) _due.Enqueue((i, 0), _random.NextDouble() * seconds / 3);
        var began = TimeProvider.System.GetTimestamp();
        while (_due.Count > 0 && !cancellation.IsCancellationRequested)
        {
            var now = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
            while (_due.TryPeek(out var next, out var at) && at <= now)
            {
                _due.Dequeue();
                Enter(next.Number, next.Step, at);
            }
            await Task.Delay(20, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Enter(int number, int step, double at)
    {
        var fails = step > 0 && step < Way.Length - 1 && _random.NextDouble() < 0.0015;
        var phase = fails ? BootPhase.Failed : Way[step];
        var before = head.Board.Find(head.Room.Macs[number - 1])?.Current;
        var state = head.Room.At(number, phase, 0);
        var (fault, cause) = Faults[Math.Min(step * Faults.Length / Way.Length, Faults.Length - 1)];
        head.Board.Post(state with
        {
            Current = state.Current! with
            {
                Phases = [.. before?.Phases ?? [], new PhaseEntry(phase, DateTimeOffset.UtcNow)],
                Failure = fails ? new BootFailure(fault, cause, "vmlinuz") : null,
            },
        }, entered: true);
        Entered++;
        if (!fails && step + 1 < Way.Length) _due.Enqueue((number, step + 1), at + _random.NextDouble() * 2 * seconds / 3 / (Way.Length - 1) * 2);
    }
}
