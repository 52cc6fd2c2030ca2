using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using NetBootFabric.Boot.Clients;
using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Node.Wiring;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace NetBootFabric.Node.Telemetry;

/// <summary>
/// One trace a boot, told to a collector when the boot has ended: a span for the whole, one for each phase, one for each download. Queues are bounded:
/// a collector that is slow or away costs boots that are not traced, never memory and never a client's time.
/// </summary>
internal sealed class BootTraces : IAsyncDisposable
{
    public const string SourceName = "NetBootFabric.Boot";

    /// <summary>Boots that wait to become spans.</summary>
    private const int Waiting = 4096;

    /// <summary>Spans that wait for the collector: some 10 a boot.</summary>
    private const int Spans = 32_768;

    private const int ExportMilliseconds = 10_000;

    private static readonly ActivitySource Source = new(SourceName);

    private readonly Channel<ClientState> _ended;
    private readonly TracerProvider _provider;
    private readonly DownloadStarts _starts;
    private readonly IRoomSource _rooms;
    private readonly Task _writer;

    public BootTraces(Uri collector, string node, DownloadStarts starts, IRoomSource rooms, ILogger log)
    {
        (_starts, _rooms) = (starts, rooms);
        _ended = Channel.CreateBounded<ClientState>(new BoundedChannelOptions(Waiting) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
        _provider = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(ResourceBuilder.CreateEmpty().AddService("netbootd", serviceVersion: Product.Version, serviceInstanceId: node))
            .SetSampler(new AlwaysOnSampler())
            .AddSource(SourceName)
            .AddProcessor(new BatchActivityExportProcessor(Exporter(collector, log), maxQueueSize: Spans, scheduledDelayMilliseconds: 1000, exporterTimeoutMilliseconds: ExportMilliseconds, maxExportBatchSize: 512))
            .Build();
        _writer = Task.Run(WriteAsync);
    }

    /// <summary>A phase was entered: called on the client's own thread.</summary>
    public void Enter(ClientState state)
    {
        if (state.Current is { HasEnded: true }) _ended.Writer.TryWrite(state);
    }

    /// <summary>What waits is told, for a few seconds at most.</summary>
    public async ValueTask DisposeAsync()
    {
        _ended.Writer.TryComplete();
        await _writer;
        await Task.Run(() => _provider.Shutdown(3000));
        _provider.Dispose();
    }

    private static TellingExporter Exporter(Uri collector, ILogger log) =>
        new(new OtlpExporterOptions { Endpoint = TracesOf(collector), Protocol = OtlpExportProtocol.HttpProtobuf, TimeoutMilliseconds = ExportMilliseconds }, log);

    private static Uri TracesOf(Uri collector) => collector.AbsolutePath == "/" ? new Uri(collector, "/v1/traces") : collector;

    private async Task WriteAsync()
    {
        await foreach (var state in _ended.Reader.ReadAllAsync()) Write(state, state.Current!);
    }

    private void Write(ClientState state, BootRecord boot)
    {
        Activity.Current = null;
        var ended = boot.Phases.IsDefaultOrEmpty ? boot.LastHeard : boot.Phases[^1].At;
        using var whole = Begin("boot", default, boot.StartedAt);
        if (whole is null) return;
        whole.SetTag("netboot.client.mac", state.Mac.ToString()).SetTag("netboot.client.name", TargetResolution.NameOf(_rooms.Current.NodeOf(state.Mac), state.Mac))
            .SetTag("netboot.boot.number", boot.Number).SetTag("netboot.boot.exchanges", boot.Exchanges).SetTag("netboot.boot.bytes", boot.Bytes)
            .SetTag("netboot.client.address", boot.Address.ToString()).SetTag("netboot.boot.loader", boot.Loader).SetTag("netboot.client.architecture", boot.Architecture.ToString());
        Judge(whole, boot.Failure);
        for (var i = 0; i + 1 < boot.Phases.Length; i++) Span($"phase {boot.Phases[i].Phase}", whole.Context, boot.Phases[i].At, boot.Phases[i + 1].At);
        foreach (var download in boot.Downloads) Write(download, whole.Context);
        whole.SetEndTime(ended.UtcDateTime);
    }

    private void Write(Download download, ActivityContext parent)
    {
        using var span = Begin($"{download.Protocol} {download.Role}", parent, _starts.Find(download.Protocol, download.Transfer) ?? download.At);
        if (span is null) return;
        span.SetTag("netboot.path", download.Path).SetTag("netboot.bytes", download.Bytes).SetTag("netboot.stage", download.Stage.ToString());
        if (download.Stage == Boot.Events.TransferStage.Failed) span.SetStatus(ActivityStatusCode.Error);
        span.SetEndTime(download.At.UtcDateTime);
    }

    private static void Span(string name, ActivityContext parent, DateTimeOffset from, DateTimeOffset to)
    {
        using var span = Begin(name, parent, from);
        span?.SetEndTime(to.UtcDateTime);
    }

    private static Activity? Begin(string name, ActivityContext parent, DateTimeOffset at) => Source.StartActivity(name, ActivityKind.Internal, parent, startTime: at);

    private static void Judge(Activity whole, BootFailure? failure)
    {
        if (failure is null) return;
        whole.SetTag("netboot.failure.step", failure.Step.ToString()).SetTag("netboot.failure.cause", failure.Cause.ToString());
        whole.SetStatus(ActivityStatusCode.Error, $"{failure.Step}: {failure.Cause} {failure.Detail}".TrimEnd());
    }
}
