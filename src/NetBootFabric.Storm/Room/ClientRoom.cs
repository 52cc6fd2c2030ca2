using NetBootFabric.Storm.Clients;
using NetBootFabric.Storm.Dhcp;
using NetBootFabric.Storm.Network;
using NetBootFabric.Storm.Tcp;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Arp;
using NetBootFabric.Wire.Dhcp;
using NetBootFabric.Wire.Ethernet;
using NetBootFabric.Wire.Ip;

namespace NetBootFabric.Storm.Room;

/// <summary>All clients of a storm: takes frames and the time, hands each to whom it concerns. Pure, so that whole rooms run in virtual time.</summary>
internal sealed class ClientRoom
{
    private readonly RoomPlan _plan;
    private readonly SimulatedClient[] _clients;
    private readonly DeadlineQueue _deadlines;
    private readonly Dictionary<Ipv4Address, SimulatedClient> _owners;
    private readonly Dictionary<Ipv4Address, MacAddress> _neighbours = [];
    private readonly bool[] _counted;
    private readonly byte[] _scratch = new byte[2048];

    public ClientRoom(RoomPlan plan, IFrameSink wire)
    {
        _plan = plan;
        Outbox = new Outbox(wire);
        _owners = new(plan.Clients);
        _deadlines = new(plan.Clients);
        _counted = new bool[plan.Clients];
        _clients = [.. Enumerable.Range(0, plan.Clients).Select(Make)];
        foreach (var client in _clients) _deadlines.Set(client.Index, plan.Arrivals.Of(client.Index, plan.Clients));
    }

    public Outbox Outbox { get; }

    public StormCounters Counters { get; } = new();

    public RoomPlan Plan => _plan;

    public IReadOnlyList<SimulatedClient> Clients => _clients;

    /// <summary>Clients that were switched on, that booted, that failed.</summary>
    public int Started { get; private set; }

    public int Booted { get; private set; }

    public int Failed { get; private set; }

    public bool IsOver => Booted + Failed == _clients.Length;

    /// <summary>An address and the two clients that were given it.</summary>
    public List<DuplicateAddress> Duplicates { get; } = [];

    /// <summary>Nothing is to be done before, unless a frame comes.</summary>
    public TimeSpan NextDeadline => _deadlines.Next;

    public void Receive(ReadOnlySpan<byte> frame, TimeSpan now)
    {
        CountIn(frame.Length);
        if (!EthernetFrame.TryParse(frame, out var ethernet, out _)) return;
        if (ethernet.Type == EtherType.Arp) ReceiveArp(ethernet, now);
        else if (ethernet.Type == EtherType.Ipv4 && Ipv4Packet.TryParse(ethernet.Payload, out var ip, out _))
        {
            if (ip.Protocol == Ipv4Packet.UdpProtocol) ReceiveUdp(frame, ethernet.Destination, now);
            else if (ip.Protocol == TcpSegment.Protocol && Find(ethernet.Destination) is { } client) ReceiveTcp(client, ip, now);
        }
    }

    /// <summary>Lets up to <paramref name="most"/> clients whose time has come act; true when more are waiting.</summary>
    public bool Expire(TimeSpan now, int most = int.MaxValue)
    {
        while (_deadlines.TryTake(now, out var index))
        {
            var client = _clients[index];
            if (client.State == ClientState.Off)
            {
                Started++;
                client.Start(now);
            }
            else client.Expire(now);
            Settle(client);
            if (--most <= 0) return _deadlines.Next <= now;
        }
        return false;
    }

    /// <summary>Counts all that are still at it as not finished.</summary>
    public void Abandon(TimeSpan now)
    {
        foreach (var client in _clients.Where(client => client.State is ClientState.Booting or ClientState.Off))
        {
            client.Abandon(now);
            Settle(client);
        }
    }

    /// <summary>A frame that is longer than any on a wire is made of several, each with headers of its own.</summary>
    private void CountIn(int length)
    {
        const int headers = EthernetFrame.HeaderSize + Ipv4Packet.HeaderSize + TcpSegment.HeaderSize, longest = EthernetFrame.HeaderSize + 1500;
        var packets = length <= longest ? 1 : (length - headers + longest - headers - 1) / (longest - headers);
        Counters.PacketsIn += packets;
        Counters.OctetsIn += length + (packets - 1) * headers;
    }

    private void ReceiveUdp(ReadOnlySpan<byte> frame, MacAddress destination, TimeSpan now)
    {
        // Between virtual interfaces the checksum is left to a card that is not there; what matters is verified octet by octet.
        if (!UdpFrame.TryParse(frame, out var header, out var payload, out _, verifyChecksum: false)) return;
        if (header.DestinationPort == DhcpPacket.ClientPort) ReceiveDhcp(payload, now);
        else if (Find(destination) is { } client)
        {
            client.OnUdp(header, payload, now);
            Settle(client);
        }
    }

    private void ReceiveTcp(SimulatedClient client, Ipv4Packet ip, TimeSpan now)
    {
        if (ip.Destination != client.Station.Address || !TcpSegment.TryParse(ip.Payload, out var segment, out var options, out var payload)) return;
        client.OnTcp(ip.Source, segment, options, payload, now);
        Settle(client);
    }

    private void ReceiveDhcp(ReadOnlySpan<byte> payload, TimeSpan now)
    {
        if (!DhcpPacket.TryParse(payload, _scratch, out var reply, out _) || reply.Op != DhcpOp.Reply) return;
        if (Find(reply.Chaddr) is not { } client) return;
        client.OnDhcp(reply, now);
        Settle(client);
    }

    private void ReceiveArp(EthernetFrame ethernet, TimeSpan now)
    {
        if (!ArpPacket.TryParse(ethernet.Payload, out var packet, out _)) return;
        Learn(packet);
        if (packet.Operation == ArpOperation.Request && _owners.TryGetValue(packet.TargetAddress, out var owner) && !packet.IsAnnouncement)
        {
            Counters.ArpAnswers++;
            owner.Station.Answer(packet);
        }
        else if (Find(ethernet.Destination) is { } client)
        {
            client.OnArp(packet, now);
            Settle(client);
        }
    }

    /// <summary>A server's address that moves to another machine: every client hears of it.</summary>
    private void Learn(in ArpPacket packet)
    {
        if (packet.SenderAddress.IsAny) return;
        var known = _neighbours.TryGetValue(packet.SenderAddress, out var mac);
        if (known && mac == packet.SenderMac) return;
        _neighbours[packet.SenderAddress] = packet.SenderMac;
        if (!known) return;
        foreach (var client in _clients) client.Station.Hear(packet);
    }

    private SimulatedClient? Find(MacAddress mac) =>
        mac.Value - _plan.FirstMac.Value is var index && index < (ulong)_clients.Length ? _clients[index] : null;

    private void Settle(SimulatedClient client)
    {
        if (client.State == ClientState.Booting)
        {
            _deadlines.Set(client.Index, client.Deadline);
            return;
        }
        if (_counted[client.Index]) return;
        _counted[client.Index] = true;
        if (client.State == ClientState.Booted) Booted++;
        else Failed++;
    }

    private SimulatedClient Make(int index)
    {
        // Far apart seeds: neighbours must not draw one another's numbers.
        var station = new Station(new MacAddress(_plan.FirstMac.Value + (ulong)index), Outbox, Counters, (_plan.Seed << 32) ^ ((ulong)index * 0xD134_2543_DE82_EF95));
        return new SimulatedClient(index, _plan.Kinds[index], station, _plan.Course) { Claim = Claim };
    }

    /// <summary>A client may move on from its old address; two at one address is the worst that a server can do.</summary>
    private bool Claim(SimulatedClient client, Lease lease)
    {
        if (!_owners.TryGetValue(lease.Address, out var owner) || owner == client)
        {
            if (client.Station.Address != lease.Address) Release(client);
            _owners[lease.Address] = client;
            return true;
        }
        Duplicates.Add(new DuplicateAddress(lease.Address, owner.Station.Mac, client.Station.Mac));
        return false;
    }

    private void Release(SimulatedClient client)
    {
        if (_owners.TryGetValue(client.Station.Address, out var owner) && owner == client) _owners.Remove(client.Station.Address);
    }
}

internal readonly record struct DuplicateAddress(Ipv4Address Address, MacAddress First, MacAddress Second);
