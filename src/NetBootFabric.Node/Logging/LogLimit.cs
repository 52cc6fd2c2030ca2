using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace NetBootFabric.Node.Logging;

/// <summary>
/// So many lines of one event a second, and no more: what clients can cause can't flood the journal. What is left out is counted, and the count is a line of its own.
/// Critical lines always go through.
/// </summary>
internal sealed class LogLimit : IDisposable
{
    public const int LinesPerSecond = 50;

    private readonly ConcurrentDictionary<int, Slot> _events = new();
    private readonly TimeProvider _time;
    private readonly ITimer _timer;

    public LogLimit(TimeProvider time)
    {
        _time = time;
        _timer = time.CreateTimer(_ => TellAll(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    /// <summary>Whether a line of that event may be written now.</summary>
    public bool Admits(LogLevel level, EventId what, ILogger log)
    {
        if (level >= LogLevel.Critical) return true;
        var slot = _events.GetOrAdd(what.Id, static (_, made) => new Slot(made.Name ?? ""), what);
        var admitted = slot.Admits(_time.GetUtcNow().ToUnixTimeSeconds(), log, out var leftOut);
        if (leftOut > 0) log.LinesLeftOut(leftOut, slot.Name);
        return admitted;
    }

    public void Dispose()
    {
        _timer.Dispose();
        TellAll(evenNow: true);
    }

    /// <summary>A flood that has ended is told of without waiting for the next line.</summary>
    private void TellAll(bool evenNow = false)
    {
        var second = evenNow ? long.MaxValue : _time.GetUtcNow().ToUnixTimeSeconds();
        foreach (var slot in _events.Values)
            if (slot.TakeLeftOut(second) is { Count: > 0 } past) past.Log!.LinesLeftOut(past.Count, slot.Name);
    }

    private sealed class Slot(string name)
    {
        private readonly Lock _gate = new();
        private long _second;
        private int _lines, _leftOut;
        private ILogger? _log;

        public string Name => name;

        public bool Admits(long second, ILogger log, out int leftOut)
        {
            lock (_gate)
            {
                leftOut = 0;
                if (second != _second) (leftOut, _leftOut, _second, _lines) = (_leftOut, 0, second, 0);
                if (_lines++ < LinesPerSecond) return true;
                (_leftOut, _log) = (_leftOut + 1, log);
                return false;
            }
        }

        /// <summary>Nothing while the second in which it was counted goes on.</summary>
        public (int Count, ILogger? Log) TakeLeftOut(long second)
        {
            lock (_gate)
            {
                if (second == _second) return default;
                var taken = (_leftOut, _log);
                _leftOut = 0;
                return taken;
            }
        }
    }
}

/// <summary>Loggers that keep to a <see cref="LogLimit"/>.</summary>
internal sealed class LimitedLogs(ILoggerFactory inner, TimeProvider time) : ILoggerFactory
{
    private readonly LogLimit _limit = new(time);

    public ILogger CreateLogger(string categoryName) => new Limited(inner.CreateLogger(categoryName), _limit);

    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    public void Dispose()
    {
        _limit.Dispose();
        inner.Dispose();
    }

    private sealed class Limited(ILogger inner, LogLimit limit) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => inner.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (inner.IsEnabled(logLevel) && limit.Admits(logLevel, eventId, inner)) inner.Log(logLevel, eventId, state, exception, formatter);
        }
    }
}
