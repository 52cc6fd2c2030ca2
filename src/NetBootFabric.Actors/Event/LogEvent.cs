namespace NetBootFabric.Actors.Event;

public enum LogLevel
{
    DebugLevel,
    InfoLevel,
    WarningLevel,
    ErrorLevel,
}

/// <summary>One line for the log. The message is formatted only when read as text.</summary>
public sealed class LogEvent(LogLevel level, Exception? cause, string logSource, Type logClass, LogMessage message, DateTime timestamp)
{
    public LogLevel LogLevel() => level;

    public Exception? Cause => cause;
    public string LogSource => logSource;
    public Type LogClass => logClass;
    public LogMessage Message => message;
    public DateTime Timestamp => timestamp;

    public override string ToString() => $"[{level.ToString().Replace("Level", "", StringComparison.Ordinal).ToUpperInvariant()}][{timestamp:O}][{logSource}] {message}{(cause is null ? "" : "\nCause: " + cause)}";
}

/// <summary>A format with its arguments.</summary>
public sealed class LogMessage(string format, object?[] args)
{
    public string Format => format;
    public IReadOnlyList<object?> Args => args;

    public override string ToString() => args.Length == 0 ? format : string.Format(System.Globalization.CultureInfo.InvariantCulture, format, args);
}
