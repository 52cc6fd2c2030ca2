using System.Collections.Concurrent;
using NetBootFabric.Boot.Events;
using NetBootFabric.Sockets;
using NetBootFabric.Testing;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Arp;
using NetBootFabric.Wire.Ethernet;

namespace NetBootFabric.Arp.Tests;

/// <summary>A server and another machine on one wire, in namespaces of their own, with a packet socket on the other machine's end.</summary>
internal sealed class Segment : IDisposable
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public Segment()
    {
        Server.Join(Other, "eth0", "eth0", Someone.Server.ToString(), Someone.Client.ToString());
        Server.Here($"address add {Someone.ServerAddress}/24 dev eth0");
        Link = Server.Run(() => InterfaceTable.Get("eth0"));
        Wire = Other.Run(() => PacketSocket.OpenArp(InterfaceTable.Get("eth0").Index));
    }

    public NetworkNamespace Server { get; } = new();
    public NetworkNamespace Other { get; } = new();
    public NetworkInterfaceInfo Link { get; }
    public PacketSocket Wire { get; }

    public void Send(ArpPacket packet)
    {
        var frame = new byte[ArpPacket.FrameSize];
        Assert.True(packet.TryWriteFrame(frame, MacAddress.Broadcast));
        Assert.Equal(Errno.None, Wire.Send(frame));
    }

    /// <summary>The next ARP packet that the other machine hears.</summary>
    public ArpPacket Next()
    {
        var batch = new FrameBatch(capacity: 1);
        Assert.Equal(1, Wire.Receive(batch, Limit));
        Assert.True(EthernetFrame.TryParse(batch[0].Bytes, out var frame, out _));
        Assert.True(ArpPacket.TryParse(frame.Payload, out var packet, out _));
        return packet;
    }

    public void Dispose()
    {
        Wire.Dispose();
        Server.Dispose();
        Other.Dispose();
    }
}

/// <summary>Keeps what was reported, in order.</summary>
internal sealed class Reports : IBootEvents
{
    private readonly BlockingCollection<ArpObservation> _observations = [];

    public ArpObservation Next()
    {
        Assert.True(_observations.TryTake(out var observation, Segment.Limit), "nothing was reported");
        return observation;
    }

    public void Report(ArpObservation observation) => _observations.Add(observation);

    public void Report(TransferEvent transfer) => Assert.Fail("ARP reports no transfers");

    public void Report(SystemReport report) => Assert.Fail("ARP reports no systems");
}
