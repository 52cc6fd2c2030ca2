using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace NetBootFabric.Node.Logging;

public enum LogFormat
{
    /// <summary>systemd when journald reads (JOURNAL_STREAM is set), else text.</summary>
    Default,
    Text,
    Systemd,
    Json,
}

internal static class Logs
{
    public static ILoggerFactory Create(LogFormat format) => new LimitedLogs(LoggerFactory.Create(builder =>
    {
        builder.SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning);
        // What keeps a node from starting, and what its health checks find, is said in words of our own.
        builder.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None).AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        if (format == LogFormat.Default) format = Environment.GetEnvironmentVariable("JOURNAL_STREAM") is null ? LogFormat.Text : LogFormat.Systemd;
        _ = format switch
        {
            LogFormat.Json => builder.AddJsonConsole(options => options.UseUtcTimestamp = true),
            LogFormat.Systemd => builder.AddSystemdConsole(),
            _ => builder.AddSimpleConsole(Text),
        };
    }), TimeProvider.System);

    private static void Text(SimpleConsoleFormatterOptions options)
    {
        options.SingleLine = true;
        options.TimestampFormat = "HH:mm:ss.fff ";
    }
}
