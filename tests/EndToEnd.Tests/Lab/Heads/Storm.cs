using System.Globalization;
using System.Text.Json;
using NetBootFabric.Testing;

namespace NetBootFabric.EndToEnd.Tests.Lab.Heads;

/// <summary>dist/netboot-storm at work: simulated machines with the timers of real ones, which verify every octet that they load.</summary>
internal sealed class Storm : IDisposable
{
    private readonly RunningProgram _program;
    private readonly string _report;
    private readonly int _limitSeconds;

    /// <param name="first">Gives the storm MAC addresses of its own.</param>
    /// <param name="restarts">How often a machine whose boot failed begins anew.</param>
    public Storm(NetworkNamespace host, string folder, int clients, string arrivals, string kinds, string files, int limitSeconds, int first, int restarts = 2)
    {
        _report = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"storm-{first}.json"));
        _limitSeconds = limitSeconds;
        _program = new RunningProgram(host, Path.ChangeExtension(_report, ".log"), Repository.Program("netboot-storm"),
            "--interface", "eth0", "--clients", $"{clients}", "--arrivals", arrivals, "--kind", kinds, "--verify", files, "--json", _report,
            "--limit", $"{limitSeconds}", "--restarts", $"{restarts}", "--first-mac", $"02:6e:62:{first:x2}:00:00");
    }

    public bool IsOver => _program.HasExited;

    public async Task<StormReport> ReportAsync()
    {
        await Until.TrueAsync(() => IsOver, TimeSpan.FromSeconds(_limitSeconds + 60), () => $"the storm does not end\n{TextFile.Tail(_program.LogPath)}");
        Assert.True(File.Exists(_report), $"the storm left no report\n{TextFile.Tail(_program.LogPath)}");
        await using var file = File.OpenRead(_report);
        return (await JsonSerializer.DeserializeAsync<StormReport>(file, JsonSerializerOptions.Web))!;
    }

    public void Dispose() => _program.Dispose();
}

/// <summary>What of the report the tests look at.</summary>
/// <param name="LastBooted">Seconds after the first one's power-on.</param>
internal sealed record StormReport(
    int Clients, int Booted, double LastBooted, IReadOnlyList<StormFailure> Failures, IReadOnlyList<JsonElement> DuplicateAddresses,
    IReadOnlyList<StormLease> Leases, IReadOnlyDictionary<int, int> DhcpRetriesPerClient, IReadOnlyDictionary<int, int> RestartsPerClient, IReadOnlyDictionary<string, long> Counters)
{
    public string Summary => string.Create(CultureInfo.InvariantCulture,
        $"{Booted} of {Clients} booted, the last after {LastBooted:0.0} s; DHCP retries: {Spread(DhcpRetriesPerClient)}; begun anew by the firmware: {Spread(RestartsPerClient)}");

    private static string Spread(IReadOnlyDictionary<int, int> spread) => string.Join(", ", spread.Select(one => $"{one.Value} clients {one.Key} times"));

    public string FailureText => string.Join('\n', Failures.Select(failure => $"{failure.Clients} x {failure.Step}: {string.Join("; ", failure.Examples)}"));
}

internal sealed record StormFailure(string Step, int Clients, IReadOnlyList<string> Examples);

/// <param name="Server">Server identifier of the acknowledgement.</param>
internal sealed record StormLease(string Mac, string Address, string Server);
