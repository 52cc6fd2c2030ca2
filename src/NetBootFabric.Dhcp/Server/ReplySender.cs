using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Boot.Flight;
using NetBootFabric.Sockets;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;
using NetBootFabric.Wire.Ip;

namespace NetBootFabric.Dhcp;

/// <summary>Sends answers out of one interface, each by its <see cref="ReplyRoute"/>. From any thread; what fails is counted.</summary>
internal sealed class ReplySender : IDisposable
{
    private readonly ushort _clientPort;
    private readonly NeighbourTable _neighbours;
    private readonly IFlightRecorder _recorder;

    /// <summary>Null where frames have no MAC addresses (loopback): clients there have addresses.</summary>
    private readonly PacketSocket? _frames;

    public ReplySender(NetworkInterfaceInfo link, DhcpServerOptions options, NeighbourTable neighbours, DhcpCounters counters)
    {
        (Link, Counters, _neighbours, _clientPort, _recorder) = (link, counters, neighbours, options.ClientPort, options.Recorder);
        if (link.Mac != 0) _frames = PacketSocket.Open(new PacketSocketOptions { InterfaceIndex = link.Index, Filter = PacketFilter.Nothing });
    }

    public NetworkInterfaceInfo Link { get; }
    public DhcpCounters Counters { get; }

    /// <summary>The interface's own address; 0.0.0.0 when it has none.</summary>
    public Ipv4Address Address => Link.Addresses.Count == 0 ? Ipv4Address.Any : new Ipv4Address(Link.Addresses[0].Address);

    /// <summary>Writes the message, and does what has to be done before it leaves. False, and counted: it can't be written.</summary>
    public bool TryPrepare(DatagramSocket socket, DhcpAnswer answer, Span<byte> message, out int length, out UdpEndpoint target)
    {
        target = default;
        if (!ReplyWriter.TryWrite(answer, message, out length))
        {
            Counters.FailToSend();
            return false;
        }
        if (answer.Type == DhcpMessageType.Ack) Introduce(answer);
        target = TargetOf(answer);
        Remember(socket, answer, target, message[..length]);
        return true;
    }

    /// <summary>Null: it leaves as a frame of its own, not by the socket.</summary>
    public LocalAddress? LocalOf(DhcpAnswer answer) =>
        answer.Route == ReplyRoute.UnicastToHardware && _frames is not null ? null : new LocalAddress(answer.Inquiry.Ingress.LocalAddress.Value, Link.Index);

    public void Count(DhcpAnswer answer, Errno error)
    {
        if (error == Errno.None) Counters.Answer(answer.Type, answer.Inquiry.HeardAt);
        else FailToSend(answer);
    }

    public void Dispose() => _frames?.Dispose();

    private UdpEndpoint TargetOf(DhcpAnswer answer)
    {
        var inquiry = answer.Inquiry;
        return answer.Route switch
        {
            ReplyRoute.Relay => new(inquiry.RelayAddress.Value, inquiry.RelayPort),
            ReplyRoute.UnicastToClientAddress => new(inquiry.ClientAddress.Value, _clientPort),
            ReplyRoute.Source when !inquiry.Ingress.Source.IsAny => new(inquiry.Ingress.Source.Value, inquiry.Ingress.SourcePort),
            ReplyRoute.UnicastToHardware when _frames is not null => new(answer.YourAddress.Value, _clientPort),
            _ => new(Ipv4Address.Broadcast.Value, _clientPort),
        };
    }

    private void Remember(DatagramSocket socket, DhcpAnswer answer, UdpEndpoint target, ReadOnlySpan<byte> message)
    {
        var packet = new FlightPacket(FlightProtocol.Dhcp, Sent: true, answer.Inquiry.Ingress.LocalAddress, socket.LocalPort, new Ipv4Address(target.Address), target.Port);
        _recorder.Packet(answer.Inquiry.Client, packet, message);
    }

    private void FailToSend(DhcpAnswer answer)
    {
        Counters.FailToSend();
        _recorder.Note(answer.Inquiry.Client, FlightProtocol.Dhcp, "the answer could not be sent");
    }

    /// <summary>For an answer that <see cref="LocalOf"/> has nothing for: the client has no address yet, so that it can't answer ARP.</summary>
    public Errno SendFrame(DhcpAnswer answer, ReadOnlySpan<byte> message)
    {
        var inquiry = answer.Inquiry;
        var frame = new UdpFrame
        {
            SourceMac = new MacAddress(Link.Mac),
            DestinationMac = inquiry.Client,
            Source = inquiry.Ingress.LocalAddress,
            SourcePort = inquiry.Ingress.LocalPort,
            Destination = answer.YourAddress,
            DestinationPort = _clientPort,
        };
        Span<byte> octets = stackalloc byte[UdpFrame.HeaderSize + ReplyWriter.LargestMessage];
        return frame.TryWrite(octets, message, out var length) ? _frames!.Send(octets[..length]) : Errno.EMSGSIZE;
    }

    /// <summary>The client's next packets are answered without an ARP question, which it may not hear while it starts a loader or a kernel.</summary>
    private void Introduce(DhcpAnswer answer)
    {
        var address = answer.YourAddress;
        if (address.IsAny || answer.Inquiry.IsRelayed || !IsOnLink(address)) return;
        if (_neighbours.Set(Link.Index, address.Value, answer.Inquiry.Client.Value, NeighbourState.Reachable) != Errno.None) Counters.FailToSetNeighbour();
    }

    private bool IsOnLink(Ipv4Address address)
    {
        foreach (var own in Link.Addresses)
            if (own.Contains(address.Value)) return true;
        return false;
    }
}
