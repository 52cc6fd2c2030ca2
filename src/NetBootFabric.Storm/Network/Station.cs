using NetBootFabric.Storm.Room;
using NetBootFabric.Storm.Tcp;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Arp;
using NetBootFabric.Wire.Ip;

namespace NetBootFabric.Storm.Network;

/// <summary>A client's network card and its small IP stack: what it is called, where it may send, whom it has resolved.</summary>
internal sealed class Station(MacAddress mac, Outbox outbox, StormCounters counters, ulong seed)
{
    private ulong _random = seed;
    private ushort _port = (ushort)(49152 + seed % 8192);
    private Ipv4Address _hop, _router;
    private MacAddress _hopMac;
    private uint _mask;

    public MacAddress Mac => mac;

    public StormCounters Counters => counters;

    /// <summary>0.0.0.0 until a lease is acknowledged.</summary>
    public Ipv4Address Address { get; private set; }

    /// <summary>The connection that is kept for the next request; null without one.</summary>
    public TcpConnection? Connection { get; private set; }

    /// <summary>Where the next datagram's payload is written.</summary>
    public Span<byte> Payload => outbox.UdpPayload;

    public void Configure(Ipv4Address address, Ipv4Address mask, Ipv4Address router) =>
        (Address, _mask, _router, _hop, _hopMac) = (address, mask.Value, router, default, default);

    /// <summary>The card was reset: a next stage starts without an address.</summary>
    public void Reset()
    {
        Disconnect();
        Configure(default, default, default);
    }

    /// <summary>The next stage has the same address, but has to ask who has the others.</summary>
    public void Forget()
    {
        Disconnect();
        (_hop, _hopMac) = (default, default);
    }

    /// <summary>A new connection in place of the one there was.</summary>
    public void Connect(TcpManner manner, Ipv4Address server, ushort port)
    {
        Disconnect();
        Connection = new TcpConnection(this, manner, server, port);
    }

    public void Disconnect()
    {
        var closing = Connection;
        Connection = null;
        closing?.Close();
    }

    /// <summary>SplitMix64: the same numbers for the same seed, whatever the order in which clients run.</summary>
    public uint NextRandom()
    {
        var z = _random += 0x9E37_79B9_7F4A_7C15;
        z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9;
        z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EB;
        return (uint)((z ^ (z >> 31)) >> 32);
    }

    /// <summary>A port of its own for each transfer, from the range of RFC 6335 §6.</summary>
    public ushort NextPort() => _port = _port == ushort.MaxValue ? (ushort)49152 : (ushort)(_port + 1);

    /// <summary>Whom to ask for by ARP in order to reach an address.</summary>
    public Ipv4Address HopTo(Ipv4Address address) =>
        ((address.Value ^ Address.Value) & _mask) == 0 || _router.IsAny ? address : _router;

    public bool IsResolved(Ipv4Address hop) => _hop == hop && _hopMac != default;

    public void Resolve(Ipv4Address hop, MacAddress owner) => (_hop, _hopMac) = (hop, owner);

    /// <summary>Another machine took over an address that this client sends to.</summary>
    public void Hear(in ArpPacket announcement)
    {
        if (_hop == announcement.SenderAddress && _hopMac != default) _hopMac = announcement.SenderMac;
    }

    public void Broadcast(ushort sourcePort, ushort destinationPort, int payloadLength) => outbox.Udp(new UdpFrame
    {
        SourceMac = mac,
        DestinationMac = MacAddress.Broadcast,
        Source = Ipv4Address.Any,
        SourcePort = sourcePort,
        Destination = Ipv4Address.Broadcast,
        DestinationPort = destinationPort,
    }, payloadLength);

    /// <summary>To an address whose hop is resolved.</summary>
    public void Send(Ipv4Address destination, ushort sourcePort, ushort destinationPort, int payloadLength) => outbox.Udp(new UdpFrame
    {
        SourceMac = mac,
        DestinationMac = _hopMac,
        Source = Address,
        SourcePort = sourcePort,
        Destination = destination,
        DestinationPort = destinationPort,
    }, payloadLength);

    /// <inheritdoc cref="Send(Ipv4Address, ushort, ushort, int)"/>
    public void Send(Ipv4Address destination, in TcpSegment segment, scoped ReadOnlySpan<byte> options, ReadOnlySpan<byte> payload) =>
        outbox.Tcp(new Link(mac, Address, _hopMac, destination), segment, options, payload);

    public void Receive(Ipv4Address source, in TcpSegment segment, ReadOnlySpan<byte> options, ReadOnlySpan<byte> payload, TimeSpan now)
    {
        if (Connection is { } connection && connection.Owns(segment, source)) connection.OnSegment(segment, options, payload, now);
        else AnswerStray(source, segment, payload.Length);
    }

    /// <summary>Of a connection that is forgotten: its end is acknowledged, data for it is refused (RFC 9293 §3.10.7.1).</summary>
    private void AnswerStray(Ipv4Address source, in TcpSegment segment, int payloadLength)
    {
        var ends = segment.Has(TcpFlags.Fin);
        if (segment.Has(TcpFlags.Reset) || (!ends && payloadLength == 0) || _hopMac == default) return;
        Send(source, segment with
        {
            SourcePort = segment.DestinationPort,
            DestinationPort = segment.SourcePort,
            Sequence = segment.Acknowledged,
            Acknowledged = segment.Sequence + (uint)payloadLength + (ends ? 1u : 0),
            Flags = payloadLength > 0 ? TcpFlags.Reset | TcpFlags.Ack : TcpFlags.Ack,
            Window = 0,
        }, default, default);
    }

    public void Ask(Ipv4Address wanted) => outbox.Arp(ArpPacket.Request(mac, Address, wanted), MacAddress.Broadcast);

    public void Announce() => outbox.Arp(ArpPacket.Announcement(mac, Address), MacAddress.Broadcast);

    public void Answer(in ArpPacket request) => outbox.Arp(request.Answer(mac), request.SenderMac);
}
