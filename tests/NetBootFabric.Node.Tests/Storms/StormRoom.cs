using NetBootFabric.AdminApi.Storms;
using NetBootFabric.Boot.Clients;
using NetBootFabric.Node.Storms;
using NetBootFabric.Wire;

namespace NetBootFabric.Node.Tests.Storms;

/// <summary>Clients with boots whose phases were entered when a test says, in seconds after ten o'clock.</summary>
internal sealed class StormRoom
{
    public static readonly DateTimeOffset Ten = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    public List<ClientState> Clients { get; } = [];

    /// <summary>A client that entered Discovering, then each next phase that is named.</summary>
    public StormRoom With(double began, params (BootPhase Phase, double At)[] phases)
    {
        Clients.Add(new ClientState { Mac = MacAddress.Parse($"52:54:00:77:{Clients.Count >> 8:x2}:{Clients.Count & 255:x2}"), Current = Boot(began, phases) });
        return this;
    }

    public StormRoom With(int count, double began, params (BootPhase Phase, double At)[] phases)
    {
        for (var i = 0; i < count; i++) With(began, phases);
        return this;
    }

    public static BootRecord Boot(double began, params (BootPhase Phase, double At)[] phases) => new()
    {
        Number = 1,
        Boots = true,
        Phase = phases.Length == 0 ? BootPhase.Discovering : phases[^1].Phase,
        Phases = [new(BootPhase.Discovering, At(began)), .. phases.Select(each => new PhaseEntry(each.Phase, At(each.At)))],
        Failure = phases is [.., (BootPhase.Failed, _)] ? new BootFailure(BootStep.Tftp, FailureCause.TransferTimedOut, "vmlinuz") : null,
    };

    public static DateTimeOffset At(double seconds) => Ten.AddSeconds(seconds);

    /// <summary>As <paramref name="heads"/> head nodes that share the clients count it.</summary>
    public StormView At(double seconds, int heads)
    {
        var now = At(seconds);
        var shares = Clients.Select((client, i) => (client, i)).GroupBy(each => each.i % heads).Select(share => share.Select(each => each.client).ToList()).ToList();
        var window = StormWindow.Find(StartBucket.Together(shares.SelectMany(share => StartBucket.Of(share, now)))) ?? StormWindow.Empty;
        return StormProgress.Of(window, [.. shares.Select(share => StormCount.Of(share, window, now, mac => $"n{mac}"))], now, now);
    }
}
