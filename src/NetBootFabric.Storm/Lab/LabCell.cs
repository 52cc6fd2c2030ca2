using System.Text.Json.Serialization;
using NetBootFabric.Storm.Clients;

namespace NetBootFabric.Storm.Lab;

/// <summary>One storm of the storm lab: a server, a way of booting, a number of clients, a rate of the uplink, and what came of it. Times are seconds.</summary>
internal sealed record LabCell
{
    public required string Server { get; init; }
    public required string Way { get; init; }
    public required int Clients { get; init; }
    /// <summary>Mbit/s.</summary>
    public required double Rate { get; init; }
    public string Build { get; init; } = "";
    public string Date { get; init; } = "";
    /// <summary>Octets of the files that one client loads.</summary>
    public long Payload { get; init; }
    public int Booted { get; init; }
    public double LastBooted { get; init; }
    public double Median { get; init; }
    public double ServerCpuSeconds { get; init; }
    /// <summary>Clients by the name of the step that failed.</summary>
    public IReadOnlyDictionary<string, int> Failures { get; init; } = new Dictionary<string, int>();
    public IReadOnlyDictionary<string, long> Counters { get; init; } = new Dictionary<string, long>();

    [JsonIgnore]
    public double Share => Clients == 0 ? 0 : 100.0 * Booted / Clients;

    [JsonIgnore]
    public double ExchangesPerClient => PerClient("dhcpExchanges");

    [JsonIgnore]
    public double DhcpPacketsPerClient => PerClient("dhcpDiscovers") + PerClient("dhcpRequests") + PerClient("dhcpAnswers");

    [JsonIgnore]
    public double PacketsPerClient => PerClient("framesSent") + PerClient("packetsReceived");

    [JsonIgnore]
    public double OctetsPerClient => PerClient("octetsSent") + PerClient("octetsReceived");

    /// <summary>Goodput of those that booted, until the last one did, in Mbit/s.</summary>
    [JsonIgnore]
    public double Goodput => LastBooted <= 0 ? 0 : Booted * (double)Payload * 8 / LastBooted / 1e6;

    public static string StepText(string step) => Enum.TryParse<FailureStep>(step, out var known) ? known.Text() : step;

    private double PerClient(string counter) => Clients == 0 ? 0 : (double)Counters.GetValueOrDefault(counter) / Clients;
}
