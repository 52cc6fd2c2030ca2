using System.Globalization;
using NetBootFabric.Boot.Flight;
using NetBootFabric.Wire;

namespace NetBootFabric.HttpBoot;

/// <summary>One request as the flight recorder is told of it, once it is answered.</summary>
internal sealed class RequestFlight(IFlightRecorder recorder, TimeProvider time, Exchange exchange)
{
    private readonly long _began = time.GetTimestamp();

    /// <summary>Octets of content that are to go and that went; both 0 for answers of a line.</summary>
    public long Wanted { get; set; }
    public long Went { get; set; }

    /// <summary>Whose the content is, when its name says so.</summary>
    public MacAddress? Client { get; set; }

    /// <summary>Why it ended early; null: it did not.</summary>
    public string? Cut { get; set; }

    public void End()
    {
        // A name can be made up, an address less easily.
        var client = recorder.ClientAt(exchange.Peer);
        if (client == default) client = Client ?? default;
        if (client != default) recorder.Note(client, FlightProtocol.Http, Describe());
    }

    private string Describe()
    {
        var octets = Went == Wanted ? Format(Went) : $"{Format(Went)} of {Format(Wanted)}";
        var seconds = time.GetElapsedTime(_began).TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);
        var cut = Cut ?? (Went < Wanted ? "cut off" : null);
        return string.Create(CultureInfo.InvariantCulture, $"{exchange.Request.Method} {exchange.Request.RawTarget} -> {exchange.Response.StatusCode}, {octets} octets in {seconds} s{(cut is null ? "" : $", {cut}")}");
    }

    private static string Format(long octets) => octets.ToString(CultureInfo.InvariantCulture);
}
