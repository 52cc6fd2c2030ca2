using System.Diagnostics;
using NetBootFabric.Boot.Flight;
using NetBootFabric.Boot.Flight.Decoding;
using NetBootFabric.Wire;

namespace NetBootFabric.Testing.Flights;

/// <summary>A flight recorder, and what it remembers as lines: <c>&lt;</c> received, <c>&gt;</c> sent, <c>*</c> noted. Every address is the one client's.</summary>
public sealed class FlightLines(MacAddress client)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public FlightRecorder Recorder { get; } = new(TimeProvider.System, new FlightLimits(), static _ => true, _ => client);

    /// <summary>Without what was sent again: a busy machine may call for it.</summary>
    public IReadOnlyList<string> Lines => Of(client);

    public IReadOnlyList<string> Again => [.. Recorder.Read(client).Current.Where(entry => entry.Packet.Again).Select(Show)];

    public IReadOnlyList<string> Of(MacAddress other) => [.. Recorder.Read(other).Current.Where(entry => !entry.Packet.Again).Select(Show)];

    public static void Await(Func<bool> condition)
    {
        var limit = Stopwatch.StartNew();
        while (!condition()) Assert.True(limit.Elapsed < Limit, "it was not recorded");
    }

    private static string Show(FlightEntry entry) => $"{(entry.Note is not null ? '*' : entry.Packet.Sent ? '>' : '<')} {PacketText.Of(entry).Line}";
}
