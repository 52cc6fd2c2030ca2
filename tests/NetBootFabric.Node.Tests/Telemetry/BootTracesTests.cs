using System.Collections.Frozen;
using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using NetBootFabric.Boot.Clients;
using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Events;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Node.Telemetry;
using NetBootFabric.Node.Tests.Admin;
using NetBootFabric.Node.Tests.Logging;
using NetBootFabric.Wire;

namespace NetBootFabric.Node.Tests.Telemetry;

public sealed class BootTracesTests : IRoomSource, IBootEvents
{
    private static readonly DateTimeOffset At = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    public Room Current { get; } = new()
    {
        Profiles = FrozenDictionary<string, Profile>.Empty,
        Nodes = new Dictionary<MacAddress, NodeEntry> { [LiveAdmin.Booted] = new() { Mac = LiveAdmin.Booted, Name = "n001" } }.ToFrozenDictionary(),
    };

    [Fact]
    public async Task A_boot_is_one_trace_with_a_span_for_each_phase_and_download()
    {
        await using var collector = await Collector.StartAsync();
        var starts = new DownloadStarts(this);
        starts.Report(new TransferEvent { Stage = TransferStage.Started, Protocol = TransferProtocol.Http, Peer = default, Path = "vmlinuz", Role = ContentRole.Kernel, Transfer = 1, At = At.AddSeconds(-2) });
        await using (var traces = new BootTraces(collector.Address, "head1", starts, this, NullLogger.Instance)) traces.Enter(LiveAdmin.Boot(LiveAdmin.Booted, BootPhase.Booted));

        var whole = Assert.Single(collector.Spans, span => span.Parent.Length == 0);
        Assert.Equal(("boot", "head1", At, At.AddSeconds(20), 0UL), (whole.Name, whole.Service, whole.Start, whole.End, whole.Status));
        Assert.Equal(("n001", "52:54:00:77:00:01", "2", "1"), (whole.Tags["netboot.client.name"], whole.Tags["netboot.client.mac"], whole.Tags["netboot.boot.number"], whole.Tags["netboot.boot.exchanges"]));
        var parts = collector.Spans.Where(span => span.Parent == whole.Id).OrderBy(span => span.Name, StringComparer.Ordinal).ToList();
        Assert.Equal([("Http Kernel", At.AddSeconds(-2), At), ("phase Bound", At.AddSeconds(1.5), At.AddSeconds(20)), ("phase Discovering", At, At.AddSeconds(1.5))], parts.Select(span => (span.Name, span.Start, span.End)));
        Assert.All(parts, span => Assert.Equal(whole.Trace, span.Trace));
    }

    [Fact]
    public async Task A_failed_boot_says_at_which_step_and_why()
    {
        await using var collector = await Collector.StartAsync();
        await using (var traces = new BootTraces(collector.Address, "head1", new DownloadStarts(this), this, NullLogger.Instance))
        {
            traces.Enter(LiveAdmin.Boot(LiveAdmin.Unseen, BootPhase.Kernel));
            traces.Enter(LiveAdmin.Boot(LiveAdmin.Failed, BootPhase.Failed));
        }

        var whole = Assert.Single(collector.Spans, span => span.Parent.Length == 0);
        Assert.Equal((2UL, "Http: NotFound initrd.img"), (whole.Status, whole.StatusText));
        Assert.Equal("Http", whole.Tags["netboot.failure.step"]);
    }

    [Fact]
    public async Task A_collector_that_is_not_there_holds_nobody_up_and_is_named_in_the_log_once()
    {
        var began = Stopwatch.GetTimestamp();
        var log = new KeptLog();
        var traces = new BootTraces(new Uri("http://127.0.0.1:9"), "head1", new DownloadStarts(this), this, log);
        var boot = LiveAdmin.Boot(LiveAdmin.Booted, BootPhase.Booted);
        for (var i = 0; i < 50_000; i++) traces.Enter(boot);
        var entered = Stopwatch.GetElapsedTime(began);
        await traces.DisposeAsync();

        // 50 000 boots at once: some microseconds each at most, on any machine.
        Assert.True(entered < TimeSpan.FromSeconds(10), $"{entered}");
        Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(60), "it ends within its limit");
        Assert.Equal("127.0.0.1:9 takes no traces: boots are not traced until it does", Assert.Single(log.Lines));
    }

    void IBootEvents.Report(TransferEvent transfer) { }
    void IBootEvents.Report(ArpObservation observation) { }
    void IBootEvents.Report(SystemReport report) { }
}
