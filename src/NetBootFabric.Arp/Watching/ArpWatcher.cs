using System.Security.Cryptography;
using NetBootFabric.Boot.Events;
using NetBootFabric.Boot.Flight;
using NetBootFabric.Sockets;
using NetBootFabric.Wire.Arp;
using NetBootFabric.Wire.Ethernet;

namespace NetBootFabric.Arp;

/// <summary>
/// Listens to the ARP of one interface on a thread of its own and reports who asked for this server, who uses its address, and who uses
/// an address that is not its own. Sends nothing.
/// </summary>
public sealed class ArpWatcher : IDisposable
{
    /// <summary>42 = 14 header + 28 ARP, padded to Ethernet's least of 60.</summary>
    private const int FrameSize = 64;

    private readonly PacketSocket _socket;
    private readonly string _interface;
    private readonly ArpSightings _sightings;
    private readonly IBootEvents _events;
    private readonly ArpMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly IFlightRecorder _recorder;
    private readonly PacketListener _listener;

    private ArpWatcher(PacketSocket socket, string name, ArpSightings sightings, IBootEvents events, ArpMetrics metrics, TimeProvider time, IFlightRecorder recorder)
    {
        (_socket, _interface, _sightings, _events, _metrics, _time, _recorder) = (socket, name, sightings, events, metrics, time, recorder);
        _listener = PacketListener.Start(socket, $"arp {name}", FrameSize, Hear, _ => metrics.Faulted());
    }

    /// <summary>Frames that passed the kernel's filter but found the queue full.</summary>
    public long Drops => _socket.Drops;

    /// <exception cref="SocketSetupException">CAP_NET_RAW is missing, the interface is gone …</exception>
    public static ArpWatcher Start(NetworkInterfaceInfo link, HostAddresses host, IAddressClaims claims, IBootEvents events, ArpMetrics metrics, TimeProvider time, IFlightRecorder? recorder = null)
    {
        Span<byte> seed = stackalloc byte[sizeof(ulong)];
        RandomNumberGenerator.Fill(seed);
        var sightings = new ArpSightings(host, claims, BitConverter.ToUInt64(seed));
        return new ArpWatcher(PacketSocket.OpenArp(link.Index), link.Name, sightings, events, metrics, time, recorder ?? NoFlightRecorder.Instance);
    }

    public void Dispose() => _listener.Dispose();

    private void Hear(ReadOnlySpan<byte> frame)
    {
        var now = _time.GetUtcNow();
        if (!EthernetFrame.TryParse(frame, out var ethernet, out _)) _metrics.Reject(ArpRefusal.TooShort);
        else if (!ArpPacket.TryParse(ethernet.Payload, out var packet, out var refusal)) _metrics.Reject(refusal);
        else if (_sightings.TrySee(packet, now, out var finding, out var silence)) Report(packet, finding, now);
        else _metrics.Ignore(silence);
    }

    private void Report(in ArpPacket packet, ArpFinding finding, DateTimeOffset now)
    {
        Remember(packet, finding);
        _metrics.Report(finding);
        _events.Report(new ArpObservation(finding.Sighting, finding.Sender, finding.Address, finding.Times, _interface, now) { SenderAddress = packet.SenderAddress });
    }

    private void Remember(in ArpPacket packet, ArpFinding finding)
    {
        Span<byte> octets = stackalloc byte[ArpPacket.Size];
        packet.TryWrite(octets);
        var seen = new FlightPacket(FlightProtocol.Arp, Sent: false, packet.SenderAddress, 0, packet.TargetAddress, 0);
        _recorder.Packet(finding.Sender, seen, octets);
        if (finding.Sighting != ArpSighting.Conflict) return;
        var holder = _recorder.ClientAt(finding.Address);
        _recorder.Note(finding.Sender, FlightProtocol.Arp, $"conflict: {finding.Address} is not its address");
        if (holder != finding.Sender) _recorder.Note(holder, FlightProtocol.Arp, $"conflict: {finding.Sender} uses {finding.Address} too");
    }
}
