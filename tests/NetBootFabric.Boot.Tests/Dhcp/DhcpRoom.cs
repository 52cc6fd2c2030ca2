using System.Collections.Frozen;
using NetBootFabric.Boot.Clients;
using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Boot.Leases;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Testing.Leases;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Boot.Tests.Dhcp;

/// <summary>A room with a real lease book, and the part of an actor that carries decisions out.</summary>
internal sealed class DhcpRoom
{
    public static readonly Ipv4Address Server = Ip("10.77.0.1");
    public static readonly MacAddress Known = MacAddress.Parse("52:54:00:77:00:01");
    public static readonly MacAddress Stranger = MacAddress.Parse("52:54:00:99:00:09");
    public static readonly Ipv4Address FixedAddress = Ip("10.77.0.11");

    private readonly MemoryLeaseStore _store = new();
    private readonly Dictionary<MacAddress, ClientState> _clients = [];

    public DhcpRoom(Func<Room, Room>? change = null)
    {
        Room = (change ?? (room => room))(Usual);
        Book = new LeaseBook(_store, Room, new LeaseInventory([], []));
    }

    public Room Room { get; private set; }
    public LeaseBook Book { get; }
    public DateTimeOffset Now { get; set; } = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);
    public BootIntent Intent { get; set; }
    public int Writes { get; private set; }
    public bool StoreIsDown { set => _store.IsDown = value; }

    public static Room Usual => new()
    {
        Subnets =
        [
            new Subnet
            {
                Network = Ipv4Network.Parse("10.77.0.0/16"),
                Ranges = [new AddressRange(Ip("10.77.1.0"), Ip("10.77.1.9"))],
                Routers = [Server],
                DnsServers = [Server],
                DomainName = "boot.example",
                LeaseTime = TimeSpan.FromHours(12),
            },
            new Subnet { Network = Ipv4Network.Parse("10.78.0.0/24"), Ranges = [new AddressRange(Ip("10.78.0.10"), Ip("10.78.0.20"))] },
        ],
        Profiles = FrozenDictionary.ToFrozenDictionary([Profile("default", LoaderKind.Auto)]),
        Nodes = FrozenDictionary.ToFrozenDictionary([KeyValuePair.Create(Known, new NodeEntry { Mac = Known, Name = "n001", Address = FixedAddress })]),
        FixedAddresses = FrozenDictionary.ToFrozenDictionary([KeyValuePair.Create(FixedAddress, Known)]),
    };

    public static KeyValuePair<string, Profile> Profile(string name, LoaderKind loader) =>
        KeyValuePair.Create(name, new Profile { Name = name, Kernel = "vmlinuz", Loader = loader });

    public static Ipv4Address Ip(string text) => Ipv4Address.Parse(text);

    public void Reload(Func<Room, Room> change)
    {
        Room = change(Room);
        Book.Reshape(Room);
    }

    public DhcpOutcome Decide(DhcpInquiry inquiry) => DhcpDecision.Decide(inquiry, Context(inquiry.Client));

    /// <summary>Decides and carries it out; the answer, or null.</summary>
    public DhcpAnswer? Handle(DhcpInquiry inquiry)
    {
        var outcome = Decide(inquiry);
        _clients[inquiry.Client] = BootMachine.OnInquiry(State(inquiry.Client), inquiry, Now);
        var answer = CarryOut(outcome, inquiry.Client);
        if (answer is not null) _clients[inquiry.Client] = BootMachine.OnAnswered(State(inquiry.Client), answer, Now);
        if (outcome is DhcpOutcome.Dismiss dismissed)
            _clients[inquiry.Client] = BootMachine.OnDismissed(State(inquiry.Client), Dismissals.Explain(inquiry, dismissed.Reason, Room, Book, Now));
        return answer;
    }

    /// <summary>What is remembered of a client.</summary>
    public ClientState State(MacAddress client) => _clients.GetValueOrDefault(client) ?? new ClientState { Mac = client };

    /// <summary>Another head node goes on with all clients: it was told of their leases and boots, and heard nothing.</summary>
    public void Forget() => _clients.Clear();

    public Lease? Taken(MacAddress client, Ipv4Address used) => DhcpDecision.Taken(used, Context(client));

    public DhcpDismissal Dismissed(DhcpInquiry inquiry) => Assert.IsType<DhcpOutcome.Dismiss>(Decide(inquiry)).Reason;

    /// <summary>From DISCOVER to the committed ACK.</summary>
    public DhcpAnswer Boot(DhcpInquiry discover)
    {
        var offer = Handle(discover);
        Assert.Equal(DhcpMessageType.Offer, offer?.Type);
        var ack = Handle(Inquiries.Select(discover, offer!));
        Assert.Equal(DhcpMessageType.Ack, ack?.Type);
        return ack!;
    }

    private DhcpContext Context(MacAddress client) => new() { Room = Room, Leases = Book, Now = Now, Intent = Intent, Client = State(client) };

    private DhcpAnswer? CarryOut(DhcpOutcome outcome, MacAddress client)
    {
        switch (outcome)
        {
            case DhcpOutcome.Answer answer:
                return answer.Reply;
            case DhcpOutcome.CommitThenAnswer intended:
                return Commit(intended);
            case DhcpOutcome.QuarantineAddress { Quarantine: var resting }:
                Book.Quarantine(resting.Address, resting.Until, resting.Reason, _ => { });
                return null;
            case DhcpOutcome.ReleaseAddress released:
                Book.Release(client, released.Address, _ => { });
                return null;
            default:
                return null;
        }
    }

    private DhcpAnswer? Commit(DhcpOutcome.CommitThenAnswer intended)
    {
        LeaseCommit? result = null;
        _store.Now = Now;
        Book.Commit(intended.Lease, 0, outcome => result = outcome);
        Writes++;
        return CarryOut(DhcpDecision.AfterCommit(intended, result!.Value, Context(intended.Lease.Client)), intended.Lease.Client);
    }
}
