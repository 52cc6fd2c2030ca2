using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NetBootFabric.Node.Health;
using NetBootFabric.Node.Logging;

namespace NetBootFabric.Node.Wiring;

/// <summary>
/// Tells systemd that the node is alive, where the unit has WatchdogSec= (sd_watchdog_enabled(3)): only while its liveness checks say so, and whatever they say while it starts or drains, which have
/// limits of their own in the unit. The first to start and the last to stop.
/// </summary>
internal sealed class Watchdog(HealthRounds health, IHostApplicationLifetime application, ServiceManager manager, TimeProvider time, ILogger log) : Subsystem
{
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if (PeriodOf(Environment.GetEnvironmentVariable("WATCHDOG_USEC"), Environment.GetEnvironmentVariable("WATCHDOG_PID"), Environment.ProcessId) is not { } period) return Task.CompletedTask;
        // Three tells in a period: one may be late.
        var ticks = Closing(new PeriodicTimer(period / 3, time));
        _ = FeedAsync(ticks);
        return Task.CompletedTask;
    }

    /// <summary>Null: nobody waits for this process to say that it is alive.</summary>
    internal static TimeSpan? PeriodOf(string? microseconds, string? process, int self)
    {
        if (process is { Length: > 0 } && process != self.ToString(CultureInfo.InvariantCulture)) return null;
        return long.TryParse(microseconds, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0 ? TimeSpan.FromMicroseconds(value) : null;
    }

    private async Task FeedAsync(PeriodicTimer ticks)
    {
        do
        {
            if (await IsAliveAsync()) manager.Alive();
        }
        while (await ticks.WaitForNextTickAsync());
    }

    private async Task<bool> IsAliveAsync()
    {
        if (!application.ApplicationStarted.IsCancellationRequested || application.ApplicationStopping.IsCancellationRequested) return true;
        var report = await health.LiveAsync();
        if (report.Status != HealthStatus.Unhealthy) return true;
        foreach (var (name, entry) in report.Entries.Where(each => each.Value.Status == HealthStatus.Unhealthy)) log.NotAlive(name, entry.Description ?? entry.Exception?.Message ?? "");
        return false;
    }
}
