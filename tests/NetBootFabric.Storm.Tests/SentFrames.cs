using NetBootFabric.Storm.Network;
using NetBootFabric.Storm.Room;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;
using NetBootFabric.Wire.Ip;

namespace NetBootFabric.Storm.Tests;

/// <summary>A wire that keeps what clients send.</summary>
internal sealed class SentFrames : IFrameSink
{
    public static readonly MacAddress Mac = MacAddress.Parse("02:6e:62:00:00:00");

    public List<byte[]> Frames { get; } = [];

    public void Send(ReadOnlySpan<byte> frame) => Frames.Add(frame.ToArray());

    public Station NewStation(ulong seed = 1) => new(Mac, new Outbox(this), new StormCounters(), seed);

    public IEnumerable<(UdpFrame Header, byte[] Payload)> Datagrams
    {
        get
        {
            foreach (var frame in Frames)
                if (UdpFrame.TryParse(frame, out var header, out var payload, out _)) yield return (header, payload.ToArray());
        }
    }

    public IEnumerable<DhcpMessageType> DhcpTypes => Datagrams.Select(one => TypeOf(one.Payload));

    private static DhcpMessageType TypeOf(byte[] payload) => DhcpPacket.TryParse(payload, out var packet, out _) ? packet.MessageType : DhcpMessageType.None;
}
