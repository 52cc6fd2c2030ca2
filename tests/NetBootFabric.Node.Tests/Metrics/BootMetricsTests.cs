using System.Diagnostics.Metrics;
using NetBootFabric.Boot.Clients;
using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Events;
using NetBootFabric.Node.Metrics;
using NetBootFabric.Node.Tests.Admin;
using NetBootFabric.Wire;

namespace NetBootFabric.Node.Tests.Metrics;

public sealed class BootMetricsTests : IDisposable
{
    private static int _made;

    private readonly MetricCollector _collector = new();
    private readonly Meter _meter = new($"NetBootFabric.Boots{Interlocked.Increment(ref _made)}");

    [Fact]
    public void A_boot_counts_by_its_outcome_and_takes_the_time_from_its_first_packet_to_its_report()
    {
        var metrics = new BootMetrics(_meter);
        metrics.Enter(LiveAdmin.Boot(LiveAdmin.Booted, BootPhase.Booted));

        Assert.Contains("netboot_boots_total{outcome=\"booted\"} 1\n", Text(), StringComparison.Ordinal);
        Assert.Contains("netboot_boot_duration_seconds_sum 20\n", Text(), StringComparison.Ordinal);
        Assert.Contains("netboot_boot_phase_duration_seconds_sum{phase=\"Bound\"} 18.5\n", Text(), StringComparison.Ordinal);
        Assert.Contains("netboot_boot_phases_entered_total{phase=\"Booted\"} 1\n", Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_counts_by_step_and_cause_and_names_no_client()
    {
        var metrics = new BootMetrics(_meter);
        metrics.Enter(LiveAdmin.Boot(LiveAdmin.Failed, BootPhase.Failed));

        Assert.Contains("netboot_boot_failures_total{step=\"Http\",cause=\"NotFound\"} 1\n", Text(), StringComparison.Ordinal);
        Assert.Contains("netboot_boots_total{outcome=\"failed\"} 1\n", Text(), StringComparison.Ordinal);
        Assert.DoesNotContain("52:54", Text(), StringComparison.Ordinal);
        Assert.DoesNotContain("netboot_boot_duration_seconds_sum", Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_download_counts_its_octets_and_its_time_and_goes_on_to_its_client()
    {
        var clients = new Heard();
        var metrics = new TransferMetrics(_meter, clients);
        var at = new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);
        var started = new TransferEvent { Stage = TransferStage.Started, Protocol = TransferProtocol.Tftp, Peer = Ipv4Address.Parse("10.77.1.7"), Path = "vmlinuz", Role = ContentRole.Kernel, Transfer = 7, At = at };
        metrics.Report(started);
        metrics.Report(started with { Stage = TransferStage.Progress, Bytes = 500 });
        metrics.Report(started with { Stage = TransferStage.Done, Bytes = 1000, Retransmissions = 2, At = at.AddSeconds(4) });
        metrics.Report(started with { Stage = TransferStage.Failed, Failure = TransferFailure.NotFound, Transfer = 8 });

        Assert.Equal(4, clients.Count);
        Assert.Contains("netboot_transfer_content_bytes_total{protocol=\"Tftp\",role=\"Kernel\"} 1000\n", Text(), StringComparison.Ordinal);
        Assert.Contains("netboot_transfer_duration_seconds_sum{protocol=\"Tftp\",role=\"Kernel\"} 4\n", Text(), StringComparison.Ordinal);
        Assert.Contains("netboot_transfers_total{protocol=\"Tftp\",role=\"Kernel\",outcome=\"Done\"} 1\n", Text(), StringComparison.Ordinal);
        Assert.Contains("netboot_transfer_failures_total{protocol=\"Tftp\",cause=\"NotFound\"} 1\n", Text(), StringComparison.Ordinal);
        Assert.Contains("netboot_transfer_retransmissions_total{protocol=\"Tftp\"} 2\n", Text(), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _collector.Dispose();
        _meter.Dispose();
    }

    private string Text() => _collector.Read(metrics => PrometheusText.Write(metrics.Where(metric => metric.Source.Meter.Name == _meter.Name)));

    private sealed class Heard : IBootEvents
    {
        public int Count { get; private set; }
        public void Report(TransferEvent transfer) => Count++;
        public void Report(ArpObservation observation) => Count++;
        public void Report(SystemReport report) => Count++;
    }
}
