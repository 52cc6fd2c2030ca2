using System.Diagnostics.Metrics;
using NetBootFabric.Boot.Clients;

namespace NetBootFabric.Node.Metrics;

/// <summary>Counts boots as their clients enter phases. No client is named: a room of any size is the same few series.</summary>
internal sealed class BootMetrics
{
    private readonly Counter<long> _entered, _ended, _failures, _exchanges;
    private readonly Histogram<double> _duration, _phaseDuration;

    public BootMetrics(Meter meter)
    {
        _entered = meter.CreateCounter<long>("netboot.boot.phases_entered", "{phase}", "Phases that clients have entered");
        _ended = meter.CreateCounter<long>("netboot.boots", "{boot}", "Boots that ended, by outcome (booted, failed)");
        _failures = meter.CreateCounter<long>("netboot.boot.failures", "{boot}", "Boots that failed, by step and cause");
        _exchanges = meter.CreateCounter<long>("netboot.boot.dhcp_exchanges", "{exchange}", "DHCP exchanges of the boots that ended");
        _duration = meter.CreateHistogram("netboot.boot.duration", "s", "Time from a boot's first packet to its system's report", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [1, 2.5, 5, 10, 20, 30, 45, 60, 90, 120, 180, 300, 600, 1200] });
        _phaseDuration = meter.CreateHistogram("netboot.boot.phase.duration", "s", "Time that boots spent in a phase that they left", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300] });
    }

    /// <summary>A phase was entered: called on the client's own thread.</summary>
    public void Enter(ClientState state)
    {
        if (state.Current is not { } boot) return;
        _entered.Add(1, new KeyValuePair<string, object?>("phase", boot.Phase));
        if (boot.Phases is [.., var last, var now]) _phaseDuration.Record(Seconds(now.At - last.At), new KeyValuePair<string, object?>("phase", last.Phase));
        if (boot.Phase == BootPhase.Booted) End(boot, "booted");
        else if (boot.Phase == BootPhase.Failed) End(boot, "failed");
    }

    private void End(BootRecord boot, string outcome)
    {
        _ended.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
        _exchanges.Add(boot.Exchanges);
        if (boot.Failure is { } failure) _failures.Add(1, new("step", failure.Step), new("cause", failure.Cause));
        else if (boot.Phases is [var first, .., var last]) _duration.Record(Seconds(last.At - first.At));
    }

    private static double Seconds(TimeSpan time) => Math.Max(0, time.TotalSeconds);
}
