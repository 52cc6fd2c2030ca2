using System.Text.Json;
using System.Text.Json.Serialization;

namespace NetBootFabric.Storm.Report;

/// <summary>The report for scripts: the members of <see cref="StormReport"/> in camel case.</summary>
internal static class ReportJson
{
    public static string Write(StormReport report) => JsonSerializer.Serialize(report, ReportJsonContext.Default.StormReport);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(StormReport))]
internal sealed partial class ReportJsonContext : JsonSerializerContext;
