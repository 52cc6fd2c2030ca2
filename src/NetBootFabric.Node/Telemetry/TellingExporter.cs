using System.Diagnostics;
using Microsoft.Extensions.Logging;
using NetBootFabric.Node.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;

namespace NetBootFabric.Node.Telemetry;

/// <summary>Sends spans to the collector, and says in the log when it takes none and when it takes them again. Used by one thread.</summary>
internal sealed class TellingExporter(OtlpExporterOptions options, ILogger log) : OtlpTraceExporter(options)
{
    private readonly string _collector = options.Endpoint.Authority;
    private long _lost;

    public override ExportResult Export(in Batch<Activity> activityBatch)
    {
        var count = activityBatch.Count;
        var result = base.Export(activityBatch);
        if (result == ExportResult.Success) Recover();
        else Lose(count);
        return result;
    }

    private void Lose(long spans)
    {
        if (_lost == 0) log.TracesFail(_collector);
        _lost += spans;
    }

    private void Recover()
    {
        if (_lost > 0) log.TracesWork(_collector, _lost);
        _lost = 0;
    }
}
