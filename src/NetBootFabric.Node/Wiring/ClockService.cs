using Microsoft.Extensions.Logging;
using NetBootFabric.Boot.Clocks;
using NetBootFabric.Boot.Leases;
using NetBootFabric.Node.Logging;

namespace NetBootFabric.Node.Wiring;

/// <summary>Says when the wall clock can't be believed: leases go on by the monotonic clock, but what people read has the wrong time.</summary>
internal sealed class ClockService(LeaseService leases, TimeProvider time, ILogger log) : Subsystem
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Less is nobody's trouble.</summary>
    private static readonly TimeSpan Worth = TimeSpan.FromSeconds(5);

    private readonly SteadyTime? _clock = time as SteadyTime;
    private TimeSpan _told;

    /// <summary>A sentence each.</summary>
    public IEnumerable<string> Troubles => new[] { AtStart(leases.Book.Clock), SinceStart(_clock?.Step ?? TimeSpan.Zero) }.OfType<string>();

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if (AtStart(leases.Book.Clock) is { } trouble) log.ClockTrouble(trouble);
        Closing(time.CreateTimer(static service => ((ClockService)service!).Look(), this, Interval, Interval));
        return Task.CompletedTask;
    }

    private void Look()
    {
        var step = _clock?.Step ?? TimeSpan.Zero;
        if ((step - _told).Duration() < Worth) return;
        _told = step;
        log.ClockTrouble(SinceStart(step) ?? "the clock was set again, to what it was when netbootd started");
    }

    private static string? AtStart(ClockFinding found) => found.Jump.Duration() < Worth ? null
        : found.IsCertain ? $"the clock was set {Words(found.Jump)} while netbootd did not run: leases keep the time that they had left"
        : found.Jump < TimeSpan.Zero ? $"the clock is {found.Jump.Duration():d\\.hh\\:mm\\:ss} behind the time at which leases were last written: it was wrong then or is wrong now. Leases keep the time that they had left; check the clock (timedatectl)"
        : $"leases were last written {found.Jump:d\\.hh\\:mm\\:ss} ago by the clock, and the machine was started since: in case the clock is wrong they run on, and those that would have ended are given to others only when nobody answers ARP for them";

    private static string? SinceStart(TimeSpan step) => step.Duration() < Worth ? null
        : $"the clock was set {Words(step)} since netbootd started: leases and waits go on by the monotonic clock, and times are shown as if it had not been; restart netbootd when it suits you";

    private static string Words(TimeSpan step) => $"{step.Duration():d\\.hh\\:mm\\:ss} {(step < TimeSpan.Zero ? "back" : "forward")}";
}
