using System.Collections.Frozen;
using NetBootFabric.Boot.Clients;
using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Boot.Heads;
using NetBootFabric.Boot.Leases;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Cluster.Clients;
using NetBootFabric.Cluster.Ledger;
using NetBootFabric.Cluster.Messages;
using NetBootFabric.Testing.Leases;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Cluster.Tests;

/// <summary>One head node's actors in virtual time, on a disk that outlives them.</summary>
internal sealed partial class Fabric : IRoomSource, IShardOwnership
{
    public bool StoreWorks { get; set; } = true;

    /// <summary>Of the one shard; -1: it is another head node's.</summary>
    public long Epoch { get; set; }

    int IShardOwnership.Shards => 1;
    int IShardOwnership.ShardOf(MacAddress client) => 0;
    bool IShardOwnership.Owns(int shard) => Epoch >= 0;
    long IShardOwnership.EpochOf(int shard) => Epoch;

    public static readonly MacAddress Mac = MacAddress.Parse("52:54:00:77:00:01");
    public static readonly Ipv4Address Server = Ipv4Address.Parse("10.77.0.1");
    private readonly List<object> _heard = [];
    private IActorRef _desk = null!;

    public DeterministicRuntime Runtime { get; } = new(seed: 1);
    public MemoryLeaseStore LeaseStore { get; } = new();
    public ClientBoard Board { get; private set; } = new();
    public Strangers Strangers { get; } = new(places: 3);
    public LeaseBook Leases { get; private set; } = null!;
    public IActorRef Region { get; private set; } = null!;

    public Room Current { get; set; } = new()
    {
        Subnets = [new Subnet { Network = Ipv4Network.Parse("10.77.0.0/16"), Ranges = [new(Ipv4Address.Parse("10.77.1.0"), Ipv4Address.Parse("10.77.1.9"))] }],
        Profiles = new Dictionary<string, Profile> { ["default"] = new() { Name = "default", Kernel = "vmlinuz" } }.ToFrozenDictionary(),
    };

    /// <summary>What came back to the DHCP desk since the last look.</summary>
    public List<object> Heard()
    {
        Runtime.RunUntilIdle();
        List<object> heard = [.. _heard];
        _heard.Clear();
        return heard;
    }

    public ClientState Client => Board.Find(Mac)!;

    private ClientClock _clock = new();

    /// <summary>A run of the head node begins: it knows what its ledgers hold.</summary>
    private void OpenLedgers(ActorSystem system)
    {
        (Board, _clock) = (new ClientBoard(), new ClientClock());
        var ledgers = new Ledgers(Board, _clock, Runtime.TimeProvider);
        ledgers.Start(system);
        _ = ledgers.OpenAllAsync(Journal.PersistenceIds);
    }

    private FabricServices Services() => new()
    {
        Rooms = this,
        Leases = Leases,
        Board = Board,
        Clock = _clock,
        Time = Runtime.TimeProvider,
        Strangers = Strangers,
        StoreWorks = () => StoreWorks,
        Ownership = this,
    };

    public void Tell(object message)
    {
        Region.Tell(message, _desk);
        Runtime.RunUntilIdle();
    }

    public void Send(DhcpMessageType type, uint xid = 1, Ipv4Address requested = default, bool toUs = true) => Tell(new DhcpArrived(Packet(type, xid, requested, toUs)));

    /// <summary>A DISCOVER of some other machine.</summary>
    public void Knock(ulong mac) => Tell(new DhcpArrived(Packet(DhcpMessageType.Discover, 1, default, toUs: true) with { Client = new MacAddress(mac) }));

    private static DhcpInquiry Packet(DhcpMessageType type, uint xid, Ipv4Address requested, bool toUs) => new()
    {
        Type = type,
        Client = Mac,
        TransactionId = xid,
        VendorClass = "PXEClient:Arch:00000:UNDI:002001",
        Architecture = ClientArchitecture.BiosX86,
        RequestedAddress = requested,
        ServerIdentifier = type == DhcpMessageType.Discover ? default : toUs ? Server : Ipv4Address.Parse("10.77.0.99"),
        Ingress = new Ingress(0, "eth1", Server, Ipv4Address.Any, 68, 67),
    };

    /// <summary>A whole exchange; the address given.</summary>
    public Ipv4Address Exchange(uint xid = 1)
    {
        Send(DhcpMessageType.Discover, xid);
        var offer = (DhcpAnswer)Heard().Single();
        Send(DhcpMessageType.Request, xid, offer.YourAddress);
        return ((DhcpAnswer)Heard().Single()).YourAddress;
    }

    /// <summary>Clients whose actor is in memory.</summary>
    public int Entities()
    {
        var asked = Region.Ask<CurrentShardRegionState>(GetShardRegionState.Instance, TimeSpan.FromSeconds(1));
        Runtime.RunUntilIdle();
        return asked.Result.Shards.Sum(shard => shard.EntityIds.Count);
    }

    private sealed class Desk : ReceiveActor
    {
        public Desk(List<object> heard) => ReceiveAny(heard.Add);
    }
}
