using NetBootFabric.Boot.Flight;
using NetBootFabric.Boot.Flight.Decoding;
using NetBootFabric.Wire;

namespace NetBootFabric.Fuzz;

internal static class FlightTarget
{
    private static readonly MacAddress Client = new(0x5254_0000_0001);

    /// <summary>Whatever clients sent is remembered as it was, told in printable ASCII of bounded length, and makes a frame or none.</summary>
    public static void Feed(FlightProtocol protocol, byte[] input)
    {
        var recorder = new FlightRecorder(TimeProvider.System, new FlightLimits(), static _ => true, static _ => null);
        recorder.Packet(Client, new FlightPacket(protocol, false, Ipv4Address.Any, 68, Ipv4Address.Broadcast, 67), input);
        var entry = Assert.Single(recorder.Read(Client).Current);
        Assert.Equal(input.Length, entry.Packet.Length);
        Assert.True(entry.Payload.Span.SequenceEqual(input.AsSpan(0, Math.Min(input.Length, 1472))));
        var text = PacketText.Of(entry);
        foreach (var line in text.Details.Prepend(text.Line))
        {
            Assert.False(line.AsSpan().ContainsAnyExceptInRange(' ', '~'), "a character that is no printable ASCII");
            Assert.InRange(line.Length, 1, 4096);
        }
        if (FlightFrame.Of(entry, Client, Client) is { } frame) Assert.InRange(frame.Octets.Length, 1, frame.Length);
    }
}
