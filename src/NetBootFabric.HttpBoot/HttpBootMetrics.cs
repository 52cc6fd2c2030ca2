using System.Diagnostics.Metrics;

namespace NetBootFabric.HttpBoot;

/// <summary>All counters of the HTTP boot server.</summary>
internal static class HttpBootMetrics
{
    public const string MeterName = "NetBootFabric.HttpBoot";

    private static readonly Meter Meter = new(MeterName);
    private static readonly Counter<long> Answered = Meter.CreateCounter<long>("netboot.http.answers", description: "Answers by status");
    private static readonly Counter<long> CutOff = Meter.CreateCounter<long>("netboot.http.cuts", description: "Downloads that ended early, by who or what ended them");
    private static readonly Counter<long> Refused = Meter.CreateCounter<long>("netboot.http.connections.refused", description: "Connections over a limit");
    private static readonly Counter<long> Reported = Meter.CreateCounter<long>("netboot.http.reports", description: "Systems that said they are up, or failed");

    public static readonly UpDownCounter<int> Connections = Meter.CreateUpDownCounter<int>("netboot.http.connections", description: "Open connections");
    public static readonly Counter<long> Bytes = Meter.CreateCounter<long>("netboot.http.bytes", "By", "Octets of content sent");

    // Boxed once and not for each answer.
    private static readonly object[] Statuses = [.. Enumerable.Range(0, 600).Select(status => (object)status)];

    public static void Answer(int status) => Answered.Add(1, new KeyValuePair<string, object?>("status", Statuses[status]));
    public static void Cut(string by) => CutOff.Add(1, new KeyValuePair<string, object?>("by", by));
    public static void RefuseConnection() => Refused.Add(1);
    public static void Report(bool booted) => Reported.Add(1, new KeyValuePair<string, object?>("booted", booted));
}
