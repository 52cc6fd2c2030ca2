using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace NetBootFabric.Node.Health;

/// <summary>
/// The node's health checks, asked at most once a second whoever asks however often: the answer needs no token. Two questions: is the node alive, is it ready.
/// </summary>
internal sealed class HealthRounds(HealthCheckService checks, TimeProvider time)
{
    /// <summary>Tag of what only a restart mends.</summary>
    public const string Live = "live";

    /// <summary>Tag of what keeps clients from being served.</summary>
    public const string Ready = "ready";

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly Round _live = new(checks, Live, time);
    private readonly Round _ready = new(checks, Ready, time);

    public Task<HealthReport> LiveAsync() => _live.AskAsync();

    public Task<HealthReport> ReadyAsync() => _ready.AskAsync();

    private sealed class Round(HealthCheckService checks, string tag, TimeProvider time)
    {
        private readonly Lock _gate = new();
        private Task<HealthReport>? _latest;
        private long _askedAt;

        public Task<HealthReport> AskAsync()
        {
            lock (_gate)
            {
                if (_latest is { IsCompleted: false } || (_latest is { IsCompletedSuccessfully: true } && time.GetElapsedTime(_askedAt) < Fresh)) return _latest;
                _askedAt = time.GetTimestamp();
                return _latest = Task.Run(() => checks.CheckHealthAsync(check => check.Tags.Contains(tag)));
            }
        }
    }
}
