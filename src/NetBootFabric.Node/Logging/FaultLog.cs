using Microsoft.Extensions.Logging;

namespace NetBootFabric.Node.Logging;

/// <summary>Where a server's own mistakes are counted.</summary>
/// <param name="Count">So far.</param>
/// <param name="Latest">Null: none so far.</param>
internal sealed record FaultSource(string Protocol, Func<long> Count, Func<Exception?> Latest);

/// <summary>Says in the log, a line now and then, that a packet met a mistake of a server's own: servers count them and go on.</summary>
internal sealed class FaultLog : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly ILogger _log;
    private readonly FaultSource[] _sources;
    private readonly long[] _told;
    private readonly ITimer _timer;

    public FaultLog(ILogger log, TimeProvider time, params FaultSource[] sources)
    {
        (_log, _sources, _told) = (log, sources, new long[sources.Length]);
        _timer = time.CreateTimer(static log => ((FaultLog)log!).Look(), this, Interval, Interval);
    }

    public void Dispose() => _timer.Dispose();

    internal void Look()
    {
        for (var i = 0; i < _sources.Length; i++)
        {
            var count = _sources[i].Count();
            if (count == _told[i]) continue;
            _log.ServerFaults(_sources[i].Protocol, count - _told[i], _sources[i].Latest());
            _told[i] = count;
        }
    }
}
