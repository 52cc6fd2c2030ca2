using System.Diagnostics.Metrics;
using NetBootFabric.Node.Metrics;

namespace NetBootFabric.Node.Wiring;

/// <summary>Figures are collected before the first thing to count happens, and until the last one has.</summary>
internal sealed class MeterService(MetricCollector collector, Meter meter) : Subsystem
{
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        Closing(collector);
        Closing(meter);
        return Task.CompletedTask;
    }
}
