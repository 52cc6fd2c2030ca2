using System.Collections.Frozen;
using System.Threading.Channels;
using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Boot.Leases;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Cluster.Clients;
using NetBootFabric.Cluster.Lanes;
using NetBootFabric.Cluster.Ledger;
using NetBootFabric.Storage.Sqlite;
using NetBootFabric.Storage.Writing;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Benchmarks;

/// <summary>A head node's DHCP path as netbootd wires it, with a crowd of clients in place of the socket.</summary>
internal sealed partial class PathUnderTest : IRoomSource, IDhcpReplies, IAsyncDisposable
{
    private static readonly Ipv4Address Server = Ipv4Address.Parse("10.64.0.1");
    private static readonly Ingress Ingress = new(0, "eth1", Server, Ipv4Address.Any, 68, 67);

    private readonly Channel<DhcpAnswer> _answers = Channel.CreateUnbounded<DhcpAnswer>(new UnboundedChannelOptions { SingleReader = true });
    private readonly SqliteStore _store;
    private ActorSystem _system = null!;
    private IActorRef _region = null!;
    private DhcpLane _lane = null!;

    private PathUnderTest(SqliteStore store) => _store = store;

    public StoreStatus Store => _store.Status;

    public Room Current { get; } = new()
    {
        Subnets = [new Subnet { Network = Ipv4Network.Parse("10.64.0.0/12"), Ranges = [new(Ipv4Address.Parse("10.64.1.0"), Ipv4Address.Parse("10.79.255.254"))] }],
        Profiles = new Dictionary<string, Profile> { ["default"] = new() { Name = "default", Kernel = "vmlinuz" } }.ToFrozenDictionary(),
    };

    /// <summary>Clients that have an actor.</summary>
    public async Task<int> ActorsAsync() =>
        (await _region.Ask<CurrentShardRegionState>(GetShardRegionState.Instance, TimeSpan.FromSeconds(10))).Shards.Sum(shard => shard.EntityIds.Count);

    public static async Task<PathUnderTest> StartAsync(string path)
    {
        var node = new PathUnderTest(SqliteStore.Open(path, TimeProvider.System));
        var leases = await LeaseBook.OpenAsync(node._store, node.Current, default);
        var (board, clock) = (new ClientBoard(), new ClientClock());
        var ledgers = new Ledgers(board, clock, TimeProvider.System);
        var services = new FabricServices { Rooms = node, Leases = leases, Board = board, Clock = clock, Time = TimeProvider.System };
        node._lane = await node.StartActorsAsync(path, ledgers, services);
        await ledgers.OpenAllAsync(node.PersistenceIds);
        node._lane.Attach(Ingress.Listener, node);
        return node;
    }

    public void Queue(DhcpAnswer answer) => _answers.Writer.TryWrite(answer);

    public void Dismiss(DhcpInquiry inquiry, DhcpDismissal reason) => throw new InvalidOperationException($"{inquiry.Client}: {reason}");

    /// <summary>Clients <paramref name="first"/> and up, each DISCOVER to ACK, so many of them at a time.</summary>
    public async Task ExchangeAsync(ulong first, int clients, int inFlight)
    {
        var started = 0;
        var done = 0;
        while (started < Math.Min(inFlight, clients)) Discover(first + (uint)started++);
        while (done < clients)
        {
            var answer = await _answers.Reader.ReadAsync();
            if (answer.Type == DhcpMessageType.Offer) _lane.Submit(Inquiry(DhcpMessageType.Request, answer.Inquiry.Client, answer.YourAddress));
            else if (++done + inFlight <= clients) Discover(first + (uint)started++);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _system.Terminate();
        _store.Dispose();
    }

    /// <summary>MACs as of several deliveries, so that their order is not the order of arrival.</summary>
    private void Discover(ulong number) => _lane.Submit(Inquiry(DhcpMessageType.Discover, new MacAddress(0x0200_0000_0000 | (number * 0x9E37_79B1 & 0xFFFF_FFFF)), default));

    private static DhcpInquiry Inquiry(DhcpMessageType type, MacAddress client, Ipv4Address requested) => new()
    {
        Type = type,
        Client = client,
        TransactionId = (uint)client.Value,
        VendorClass = "PXEClient:Arch:00000:UNDI:002001",
        Architecture = ClientArchitecture.BiosX86,
        RequestedAddress = requested,
        ServerIdentifier = type == DhcpMessageType.Discover ? default : Server,
        ClientUuid = new byte[17],
        ParameterRequestList = new byte[] { 1, 3, 6, 12, 43, 60, 66, 67 },
        Ingress = Ingress,
    };
}
