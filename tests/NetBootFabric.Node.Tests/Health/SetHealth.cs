using Microsoft.Extensions.Diagnostics.HealthChecks;
using NetBootFabric.Node.Health;

namespace NetBootFabric.Node.Tests.Health;

/// <summary>Health checks whose results a test sets.</summary>
internal sealed class SetHealth : HealthCheckService
{
    private readonly Dictionary<string, (string[] Tags, HealthReportEntry Entry)> _checks = [];

    /// <summary>How often they were asked.</summary>
    public int Asked { get; private set; }

    public void Set(string name, HealthStatus status, string? says, params string[] tags) => _checks[name] = (tags, new HealthReportEntry(status, says, TimeSpan.Zero, null, null, tags));

    public void Fail(string name, Exception fault) => _checks[name] = ([HealthRounds.Live], new HealthReportEntry(HealthStatus.Unhealthy, fault.Message, TimeSpan.Zero, fault, null, [HealthRounds.Live]));

    public override Task<HealthReport> CheckHealthAsync(Func<HealthCheckRegistration, bool>? predicate, CancellationToken cancellationToken = default)
    {
        Asked++;
        var chosen = _checks.Where(check => predicate!(new HealthCheckRegistration(check.Key, static _ => throw new NotSupportedException(), null, check.Value.Tags)));
        return Task.FromResult(new HealthReport(chosen.ToDictionary(check => check.Key, check => check.Value.Entry), TimeSpan.Zero));
    }
}
