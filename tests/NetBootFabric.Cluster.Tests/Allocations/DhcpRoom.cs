using System.Collections.Frozen;
using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Boot.Leases;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Cluster.Clients;
using NetBootFabric.Cluster.Lanes;
using NetBootFabric.Dhcp;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Cluster.Tests.Allocations;

/// <summary>
/// A head node's way of a packet from its octets to the answer's, all on the calling thread: parser, lane, actors, decision, writer. Leases and history are written at once, to memory.
/// </summary>
internal sealed partial class DhcpRoom : IRoomSource, IDhcpReplies
{
    private static readonly Ipv4Address Server = Ipv4Address.Parse("10.64.0.1");
    private static readonly Ipv4Address Relay = Ipv4Address.Parse("10.64.0.2");
    private static readonly Ingress Ingress = new(0, "eth1", Server, Relay, 67, 67) { IsUnicast = true };

    private readonly DhcpLane _lane;
    private readonly InquiryReader _reader = new();
    private readonly byte[] _question = new byte[1500];
    private readonly byte[] _answer = new byte[ReplyWriter.LargestMessage];
    private readonly byte[] _scratch = new byte[1500];
    private readonly Ipv4Address[] _offered = new Ipv4Address[100_000];
    private DhcpAnswer? _last;

    public DhcpRoom()
    {
        var leases = new LeaseBook(new AgreeableStore(), Current, new LeaseInventory([], []));
        _lane = Lane(new FabricServices { Rooms = this, Leases = leases, Board = new ClientBoard(), Time = Time });
        _lane.Attach(Ingress.Listener, this);
    }

    public Room Current { get; } = new()
    {
        Subnets = [new Subnet { Network = Ipv4Network.Parse("10.64.0.0/12"), Ranges = [new(Ipv4Address.Parse("10.64.1.0"), Ipv4Address.Parse("10.79.255.254"))] }],
        Profiles = new Dictionary<string, Profile> { ["default"] = new() { Name = "default", Kernel = "vmlinuz" } }.ToFrozenDictionary(),
    };

    void IDhcpReplies.Queue(DhcpAnswer answer)
    {
        Assert.True(ReplyWriter.TryWrite(answer, _answer, out _));
        _last = answer;
    }

    void IDhcpReplies.Dismiss(DhcpInquiry inquiry, DhcpDismissal reason) => throw new InvalidOperationException($"{inquiry.Client}: {reason}");

    public void Exchange(int client, uint xid)
    {
        Assert.Equal(DhcpMessageType.Offer, Ask(DhcpMessageType.Discover, client, xid).Type);
        Assert.Equal(DhcpMessageType.Ack, Ask(DhcpMessageType.Request, client, xid).Type);
    }

    public DhcpAnswer Ask(DhcpMessageType type, int client, uint xid)
    {
        var length = Write(type, client, xid);
        _last = null;
        Assert.True(DhcpPacket.TryParse(_question.AsSpan(0, length), _scratch, out var packet, out _));
        Assert.True(_reader.TryRead(packet, Ingress, out var inquiry, out _));
        _lane.Submit(inquiry);
        RunActors();
        var answer = _last ?? throw new InvalidOperationException("no answer: something went on on another thread");
        _offered[client] = answer.YourAddress;
        return answer;
    }

    /// <summary>As a BIOS PXE ROM behind a relay agent says it.</summary>
    private int Write(DhcpMessageType type, int client, uint xid)
    {
        var writer = new DhcpWriter(_question, DhcpOp.Request) { Chaddr = new MacAddress(0x0200_0000_0000 + (ulong)client), Xid = xid, Giaddr = Relay };
        writer.Add(DhcpOptions.MessageType, type);
        if (type == DhcpMessageType.Request)
        {
            writer.Add(DhcpOptions.RequestedAddress, _offered[client]);
            writer.Add(DhcpOptions.ServerIdentifier, Server);
        }
        writer.AddOctets(DhcpOptions.ParameterRequestList.Code, [1, 3, 6, 12, 43, 60, 66, 67]);
        writer.AddOctets(DhcpOptions.VendorClass.Code, "PXEClient:Arch:00000:UNDI:002001"u8);
        Assert.True(writer.TryFinish(out var length));
        return length;
    }
}
