using System.Diagnostics;
using NetBootFabric.Sockets;
using NetBootFabric.Testing;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Arp;
using NetBootFabric.Wire.Dhcp;
using NetBootFabric.Wire.Ip;
using Packet = NetBootFabric.Wire.Dhcp.DhcpPacket;

namespace NetBootFabric.EndToEnd.Tests.Lab.Troubles;

/// <summary>
/// A machine that does what a test tells it, also what no sane firmware does: whole frames of its own for DHCP and ARP, ordinary sockets once it has an address.
/// All machines share a namespace, each with a card of its own on the room's switch.
/// </summary>
internal sealed partial class ScriptedMachine : IDisposable
{
    public const int Bios = 0;
    public const int EfiIa32 = 6;
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(700);

    private readonly NetworkNamespace _host;
    private readonly string _card;
    private readonly PacketSocket _wire;
    private readonly FrameBatch _batch = new();
    private uint _xid;

    public ScriptedMachine(NetworkNamespace host, string card, string mac)
    {
        (_host, _card, Mac) = (host, card, MacAddress.Parse(mac));
        _xid = (uint)Mac.Value << 8;
        _wire = host.Run(() => PacketSocket.Open(new PacketSocketOptions { InterfaceIndex = InterfaceTable.Get(card).Index, EtherType = 3, Filter = PacketFilter.DhcpAnswersToAnybody }));
    }

    public MacAddress Mac { get; }
    public Ipv4Address Address { get; private set; }
    public static Ipv4Address Server { get; } = Ipv4Address.Parse(Room.ServerAddress);

    /// <summary>The UUID that its firmware shows; null: none.</summary>
    public Guid? Uuid { get; set; }

    /// <summary>Asks as firmware does that begins anew.</summary>
    public void Discover(int architecture = Bios) => Broadcast(Message(DhcpMessageType.Discover, ++_xid, architecture));

    /// <summary>Asks so often, and listens to no answer.</summary>
    public async Task DiscoverAsync(int times)
    {
        Discover();
        for (var i = 1; i < times; i++)
        {
            await Task.Delay(Pause);
            Broadcast(Message(DhcpMessageType.Discover, _xid, Bios));
        }
    }

    /// <summary>Asks as if through a relay agent.</summary>
    public void DiscoverThrough(string relay)
    {
        var message = Message(DhcpMessageType.Discover, ++_xid, Bios, relay: Ipv4Address.Parse(relay));
        Send(message, MacAddress.Parse(TroubledRoom.ServerMac), Ipv4Address.Parse(relay), Packet.ServerPort, Server);
    }

    /// <summary>The next OFFER of that server.</summary>
    public Ipv4Address Offer(Ipv4Address from) => Answer(DhcpMessageType.Offer, from);

    public void Request(Ipv4Address address, Ipv4Address from, int architecture = Bios) =>
        Broadcast(Message(DhcpMessageType.Request, _xid, architecture, address, from));

    public void Decline(Ipv4Address address) => Broadcast(Message(DhcpMessageType.Decline, ++_xid, Bios, address, Server));

    /// <summary>A whole exchange with the head node; its card has the address then.</summary>
    public void Lease(int architecture = Bios)
    {
        Discover(architecture);
        Request(Offer(Server), Server, architecture);
        var given = Answer(DhcpMessageType.Ack, Server);
        if (given != Address) _host.Here($"address replace {given}/16 dev {_card}");
        Address = given;
    }

    /// <summary>Asks who has the head node's address, and is deaf to the answer.</summary>
    public void AskForServer() => SendArp(ArpPacket.Request(Mac, Address, Server));

    /// <summary>Says that an address is its own.</summary>
    public void Claim(Ipv4Address address)
    {
        _host.Here($"address replace {address}/16 dev {_card}");
        SendArp(ArpPacket.Request(Mac, address, address));
    }

    public void Dispose()
    {
        foreach (var stream in _left) stream.Dispose();
        _wire.Dispose();
    }

    private void SendArp(ArpPacket packet)
    {
        var frame = new byte[ArpPacket.FrameSize];
        Assert.True(packet.TryWriteFrame(frame, MacAddress.Broadcast));
        Assert.Equal(Errno.None, _wire.Send(frame));
    }

    private byte[] Message(DhcpMessageType type, uint xid, int architecture, Ipv4Address address = default, Ipv4Address server = default, Ipv4Address relay = default)
    {
        Span<byte> buffer = stackalloc byte[600];
        var writer = new DhcpWriter(buffer, DhcpOp.Request) { Xid = xid, Chaddr = Mac, Giaddr = relay, Flags = Packet.BroadcastFlag };
        writer.Add(DhcpOptions.MessageType, type);
        if (!address.IsAny) writer.Add(DhcpOptions.RequestedAddress, address);
        if (!server.IsAny) writer.Add(DhcpOptions.ServerIdentifier, server);
        writer.AddOctets(DhcpOptions.ClientArchitecture.Code, [0, (byte)architecture]);
        writer.Add(DhcpOptions.VendorClass, $"PXEClient:Arch:{architecture:00000}:UNDI:002001");
        if (Uuid is { } uuid) writer.AddOctets(DhcpOptions.MachineIdentifier.Code, [0, .. uuid.ToByteArray()]);
        Assert.True(writer.TryFinish(out var length));
        return buffer[..length].ToArray();
    }

    private byte[] _asked = [];

    private void Broadcast(byte[] message) => Send(_asked = message, MacAddress.Broadcast, default, Packet.ClientPort, Ipv4Address.Broadcast);

    private void Send(byte[] message, MacAddress toMac, Ipv4Address from, ushort fromPort, Ipv4Address to)
    {
        var udp = new UdpFrame { SourceMac = Mac, DestinationMac = toMac, Source = from, SourcePort = fromPort, Destination = to, DestinationPort = Packet.ServerPort };
        var frame = new byte[UdpFrame.HeaderSize + message.Length];
        Assert.True(udp.TryWrite(frame, message, out var length));
        Assert.Equal(Errno.None, _wire.Send(frame.AsSpan(0, length)));
    }

    private Ipv4Address Answer(DhcpMessageType type, Ipv4Address from)
    {
        var (limit, again) = (Stopwatch.StartNew(), Stopwatch.StartNew());
        while (limit.Elapsed < AnswerLimit)
        {
            if (again.Elapsed > AskAgain)
            {
                again.Restart();
                Broadcast(_asked);
            }
            var count = _wire.Receive(_batch, TimeSpan.FromSeconds(1));
            for (var i = 0; i < count; i++)
            {
                if (!UdpFrame.TryParse(_batch[i].Bytes, out _, out var payload, out _, verifyChecksum: false)) continue;
                if (!Packet.TryParse(payload, out var packet, out _) || packet.Op != DhcpOp.Reply || packet.Xid != _xid || packet.MessageType != type) continue;
                if (packet.TryGet(DhcpOptions.ServerIdentifier, out var server) && server == from) return packet.Yiaddr;
            }
        }
        throw new TimeoutException($"{Mac}: no {type} from {from}");
    }
}
