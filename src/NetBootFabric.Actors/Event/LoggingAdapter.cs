namespace NetBootFabric.Actors.Event;

/// <summary>Gives log events to the system's sink, and to the event stream when an actor listens there.</summary>
internal sealed class LoggingAdapter(ActorSystemImpl system, string source, Type type) : ILoggingAdapter
{
    public bool IsDebugEnabled => IsEnabled(LogLevel.DebugLevel);
    public bool IsInfoEnabled => IsEnabled(LogLevel.InfoLevel);
    public bool IsWarningEnabled => IsEnabled(LogLevel.WarningLevel);
    public bool IsErrorEnabled => IsEnabled(LogLevel.ErrorLevel);

    public bool IsEnabled(LogLevel logLevel) =>
        logLevel >= system.Setup.LogLevel && (system.Setup.LogSink is not null || system.EventStream.HasReceivers(typeof(LogEvent)));

    public void Log(LogLevel logLevel, Exception? cause, string format) => Log(logLevel, cause, new LogMessage(format, []));

    public void Log(LogLevel logLevel, Exception? cause, LogMessage message)
    {
        if (!IsEnabled(logLevel)) return;
        var line = new LogEvent(logLevel, cause, source, type, message, system.TimeProvider.GetUtcNow().UtcDateTime);
        system.Setup.LogSink?.Invoke(line);
        system.EventStream.Publish(line);
    }
}
