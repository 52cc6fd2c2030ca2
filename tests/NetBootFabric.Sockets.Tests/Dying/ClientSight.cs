using System.Net;
using System.Net.Sockets;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Ethernet;
using NetBootFabric.Wire.Ip;

namespace NetBootFabric.Sockets.Tests.Dying;

/// <summary>A client of a held address, and all that its interface hears from the server.</summary>
internal sealed class ClientSight : IDisposable
{
    private const byte Icmp = 1, Tcp = 6;
    private const int TcpFlags = 13, Fin = 1, Rst = 4;

    private readonly Wired _wire;
    private readonly PacketSocket _capture;
    private readonly IPEndPoint _service;
    private readonly List<Socket> _open = [];

    public ClientSight(Wired wire, InterfaceAddress service)
    {
        _wire = wire;
        wire.Client.Here("address add 10.9.0.2/24 dev eth0");
        _service = new IPEndPoint(new Ipv4Address(service.Address).ToIPAddress(), AddressHolding.Port);
        _capture = wire.Client.Run(() => PacketSocket.Open(new PacketSocketOptions { InterfaceIndex = wire.ClientIndex, EtherType = 0x0800 }));
    }

    public Socket Connect()
    {
        var socket = Make(SocketType.Stream);
        socket.Connect(_service);
        Assert.Equal([1], Receive(socket));
        return socket;
    }

    /// <summary>Where the answer to a datagram came from.</summary>
    public IPAddress Ask()
    {
        var socket = Make(SocketType.Dgram);
        socket.SendTo([3], _service);
        EndPoint from = new IPEndPoint(IPAddress.Any, 0);
        socket.ReceiveFrom(new byte[4], ref from);
        return ((IPEndPoint)from).Address;
    }

    public static byte[] Receive(Socket socket)
    {
        var bytes = new byte[16];
        return bytes[..socket.Receive(bytes)];
    }

    /// <summary>A new connection and a datagram to an address that may be gone; does not wait for an answer.</summary>
    public void Knock()
    {
        var stream = Make(SocketType.Stream);
        stream.Blocking = false;
        Assert.Equal(SocketError.WouldBlock, Assert.Throws<SocketException>(() => stream.Connect(_service)).SocketErrorCode);
        Make(SocketType.Dgram).SendTo([4], _service);
    }

    /// <summary>What the server said that ends connections or refuses them, up to now: "RST", "FIN", "ICMP".</summary>
    public IReadOnlyList<string> Refusals()
    {
        Make(SocketType.Dgram).SendTo([5], new IPEndPoint(new Ipv4Address(Wired.ServerAddress).ToIPAddress(), 9)); // nobody there: its own address answers, last
        var said = new List<string>();
        var batch = new FrameBatch();
        while (true)
        {
            Assert.NotEqual(0, _capture.Receive(batch, Loopback.Limit));
            for (var i = 0; i < batch.Count; i++)
                if (Note(batch[i].Bytes, said)) return said;
        }
    }

    public void Dispose()
    {
        _capture.Dispose();
        foreach (var socket in _open) socket.Dispose();
    }

    /// <summary>True for the answer that was asked for as the last.</summary>
    private static bool Note(ReadOnlySpan<byte> bytes, List<string> said)
    {
        Assert.True(EthernetFrame.TryParse(bytes, out var frame, out _));
        if (!Ipv4Packet.TryParse(frame.Payload, out var packet, out _)) return false;
        if (packet.Protocol == Icmp && packet.Source.Value == Wired.ServerAddress) return true;
        if (packet.Protocol == Icmp) said.Add("ICMP");
        if (packet.Protocol == Tcp && (packet.Payload[TcpFlags] & Rst) != 0) said.Add("RST");
        if (packet.Protocol == Tcp && (packet.Payload[TcpFlags] & Fin) != 0) said.Add("FIN");
        return false;
    }

    private Socket Make(SocketType type)
    {
        var socket = _wire.Client.Run(() => new Socket(AddressFamily.InterNetwork, type, type == SocketType.Stream ? ProtocolType.Tcp : ProtocolType.Udp));
        (socket.ReceiveTimeout, socket.SendTimeout) = ((int)Loopback.Limit.TotalMilliseconds, (int)Loopback.Limit.TotalMilliseconds);
        _open.Add(socket);
        return socket;
    }
}
