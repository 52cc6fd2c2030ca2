namespace NetBootFabric.Actors.Event;

public interface ILoggingAdapter
{
    bool IsDebugEnabled { get; }
    bool IsInfoEnabled { get; }
    bool IsWarningEnabled { get; }
    bool IsErrorEnabled { get; }
    bool IsEnabled(LogLevel logLevel);
    void Log(LogLevel logLevel, Exception? cause, string format);
    void Log(LogLevel logLevel, Exception? cause, LogMessage message);
}

/// <summary>Formats are those of string.Format.</summary>
public static class LoggingExtensions
{
    public static void Debug(this ILoggingAdapter log, string format, params object?[] args) => log.Write(LogLevel.DebugLevel, null, format, args);

    public static void Debug(this ILoggingAdapter log, Exception cause, string format, params object?[] args) => log.Write(LogLevel.DebugLevel, cause, format, args);

    public static void Info(this ILoggingAdapter log, string format, params object?[] args) => log.Write(LogLevel.InfoLevel, null, format, args);

    public static void Info(this ILoggingAdapter log, Exception cause, string format, params object?[] args) => log.Write(LogLevel.InfoLevel, cause, format, args);

    public static void Warning(this ILoggingAdapter log, string format, params object?[] args) => log.Write(LogLevel.WarningLevel, null, format, args);

    public static void Warning(this ILoggingAdapter log, Exception cause, string format, params object?[] args) => log.Write(LogLevel.WarningLevel, cause, format, args);

    public static void Error(this ILoggingAdapter log, string format, params object?[] args) => log.Write(LogLevel.ErrorLevel, null, format, args);

    public static void Error(this ILoggingAdapter log, Exception cause, string format, params object?[] args) => log.Write(LogLevel.ErrorLevel, cause, format, args);

    private static void Write(this ILoggingAdapter log, LogLevel level, Exception? cause, string format, object?[] args)
    {
        if (log.IsEnabled(level)) log.Log(level, cause, new LogMessage(format, args));
    }
}

public static class Logging
{
    public static ILoggingAdapter GetLogger(IActorContext context) =>
        ActorSystemImpl.Of(context.System).LoggerFor(context.Self.Path.ToString(), context.Props.Type);

    public static ILoggingAdapter GetLogger(ActorSystem system, object logSourceObj) =>
        ActorSystemImpl.Of(system).LoggerFor(SourceOf(logSourceObj), logSourceObj as Type ?? logSourceObj.GetType());

    /// <summary>A logger of the running actor.</summary>
    public static ILoggingAdapter GetLogger(this IUntypedActorContext context) => GetLogger((IActorContext)context);

    public static string SimpleName(object o) => SimpleName(o.GetType());

    public static string SimpleName(Type t) => t.Name;

    private static string SourceOf(object source) => source switch
    {
        string text => text,
        Type type => type.Name,
        IActorRef actor => actor.Path.ToString(),
        _ => source.GetType().Name,
    };
}
