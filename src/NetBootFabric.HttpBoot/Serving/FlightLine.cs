using System.Globalization;
using NetBootFabric.Boot.Flight;
using NetBootFabric.HttpBoot.Transfers;
using NetBootFabric.Wire;

namespace NetBootFabric.HttpBoot.Serving;

/// <summary>One request as the flight recorder is told of it, once it is answered.</summary>
internal static class FlightLine
{
    public static void Note(IFlightRecorder recorder, MacAddress client, string request, int status, Download? download, TimeSpan took)
    {
        var (went, wanted) = download is null ? (0, 0) : (download.Story.Bytes, download.Length);
        var octets = went == wanted ? Format(went) : $"{Format(went)} of {Format(wanted)}";
        var seconds = took.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);
        var cut = download?.Story.Cut ?? (went < wanted ? "cut off" : null);
        recorder.Note(client, FlightProtocol.Http, string.Create(CultureInfo.InvariantCulture, $"{request} -> {status}, {octets} octets in {seconds} s{(cut is null ? "" : $", {cut}")}"));
    }

    private static string Format(long octets) => octets.ToString(CultureInfo.InvariantCulture);
}
