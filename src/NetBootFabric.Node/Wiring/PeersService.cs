using Microsoft.Extensions.Logging;
using NetBootFabric.AdminApi;
using NetBootFabric.Arp;
using NetBootFabric.Boot.Transfers;
using NetBootFabric.Cluster.Clients;
using NetBootFabric.Cluster.Heads;
using NetBootFabric.Node.Admin;
using NetBootFabric.Node.Configuration;
using NetBootFabric.Node.Logging;
using NetBootFabric.Sockets;
using NetBootFabric.Storage.Postgres;
using NetBootFabric.Wire;

namespace NetBootFabric.Node.Wiring;

/// <summary>A head node's life among others.</summary>
internal sealed class PeersService(
    NodeOptions options,
    ServedInterfaces interfaces,
    StoreService store,
    MembershipService cluster,
    CatalogService catalog,
    LeaseService leases,
    ActorService actors,
    ClientBoard board,
    HeadBoard heads,
    TransferLedger transfers,
    HostAddresses host,
    HostAdvice advice,
    FileServers servers,
    TimeProvider time,
    ILogger log) : Subsystem
{
    /// <summary>A head node that can't join by then starts all the same: it serves once the database lets it.</summary>
    private static readonly TimeSpan JoinTime = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan LeaveTime = TimeSpan.FromSeconds(15);

    /// <summary>A download that runs for less ends before anybody could end it.</summary>
    private static readonly TimeSpan AWhile = TimeSpan.FromMilliseconds(300);

    private ConnectionProbe? _probe;
    private ServiceAddressHolder? _holder;

    /// <summary>Of the actor system of now.</summary>
    private volatile IActorRef _addresses = ActorRefs.Nobody;
    private volatile IActorRef _peers = ActorRefs.Nobody;

    private FabricMembership? Membership => cluster.Membership;

    public override Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Tells the others of this node and hears of them from now on, keeps its shards and its service addresses.</summary>
    public void Meet(HeadAnswers answers, WatchFeed feed, PhaseExchange phases)
    {
        if (Membership is null) return;
        KeepShards(Membership, (PostgresStore)store.Store);
        HoldAddresses(Membership, cluster.Parts!);
        var services = new HeadServices
        {
            Membership = Membership,
            Board = heads,
            Replica = leases.Book,
            Transfers = transfers,
            Name = options.Node,
            Clients = board,
            Phases = phases,
            Time = time,
            Describe = feed.Describe,
            Facts = Facts,
            Reread = RereadLeases,
            CatalogAt = catalog.Keeper.CatchUp,
            Answer = question => Task.Run(() => answers.AnswerAsync(question)),
        };
        Membership.OnEach(system => _peers = system.ActorOf(Props.Create(() => new HeadPeers(services)), HeadPeers.Name));
        catalog.Keeper.Committed += revision => _peers.Tell(new CatalogCommitted(revision), ActorRefs.NoSender);
        Membership.Changed += LogMembers;
    }

    private void KeepShards(FabricMembership membership, PostgresStore shared)
    {
        var keeper = new ShardKeeper(new ShardKeeperServices
        {
            Membership = membership,
            Store = shared,
            Replica = leases.Book,
            Lane = actors.Lane,
            Region = actors.Region,
            Time = time,
            Identify = incarnation => shared.Incarnation = new StoreIncarnation(options.Node, incarnation),
            OpenLedger = actors.Ledgers.OpenAsync,
            CloseLedger = actors.Ledgers.CloseAsync,
            DropLedger = actors.Ledgers.Drop,
        });
        keeper.Taken += log.ShardsTaken;
        keeper.Lost += log.ShardsLost;
    }

    private void HoldAddresses(FabricMembership membership, ClusterParts parts)
    {
        _holder = Closing(new ServiceAddressHolder([.. interfaces.All.Select(each => each.Link)], time, (address, error) => log.ClusterTrouble(error == Errno.ENODEV
            ? $"the service address {address} is in no subnet of {interfaces.Names}: give the interface an address of the same network"
            : $"the service address {address} can't be set: {error}"), advice.Add));
        _probe = Closing(new ConnectionProbe());
        var duty = new ServiceDuty
        {
            Self = options.Node,
            Own = options.Cluster!.Service,
            Store = parts.Store,
            Holder = new AddressWatch(_holder, AddressCame, AddressWent),
            Members = membership.ServiceMembers,
            Tenure = membership.Tenure,
            IsBusy = address => servers.Http!.Downloads(TimeSpan.Zero).Any(download => download.Server == address),
            Every = options.Cluster.Heartbeat,
        };
        membership.OnEach(system => _addresses = system.ActorOf(Props.Create(() => new ServiceAddressKeeper(duty)), "service-addresses"));
        membership.Changed += () => _addresses.Tell(LookNow.Instance, ActorRefs.NoSender);
    }

    /// <summary>Downloads that its last holder has left there are ended, so that their clients try again at once and not when their patience is over.</summary>
    private void AddressCame(Ipv4Address address)
    {
        log.AddressHeld(address.ToString());
        host.Refresh();
        foreach (var facts in heads.All.Where(facts => facts.Name != options.Node))
            foreach (var left in HttpDownloads.Unpack(facts.Downloads).Where(download => download.Server == address)) _ = _probe!.Probe(left);
    }

    /// <summary>Its transfers go on where the address is now.</summary>
    private void AddressWent(Ipv4Address address)
    {
        log.AddressGiven(address.ToString());
        servers.Tftp?.Abandon(address);
        host.Refresh();
    }

    /// <summary>The service address that this node holds on that interface, its own before others'. Asked for each broadcast.</summary>
    public Ipv4Address Serve(string device)
    {
        if (_holder is null) return default;
        var anothers = default(Ipv4Address);
        foreach (var address in _holder.Held)
        {
            if (!interfaces.IsReachedBy(device, address)) continue;
            if (options.Cluster!.Service.Contains(address)) return address;
            anothers = address;
        }
        return anothers;
    }

    public async Task JoinAsync(CancellationToken cancellation)
    {
        if (Membership is null) return;
        try
        {
            await Membership.JoinAsync(cancellation).WaitAsync(JoinTime, time, cancellation);
        }
        catch (TimeoutException)
        {
            log.ClusterTrouble("the cluster is not joined yet: this node serves nobody until the database lets it");
        }
    }

    /// <summary>Has a head node leave, this one or another; does not wait for it.</summary>
    /// <returns>Why it does not; null: it does.</returns>
    public async Task<string?> SendAwayAsync(string name)
    {
        if (Membership is null) return $"{options.Node} is alone: there is no cluster to leave";
        if (Membership.Members.FirstOrDefault(member => member.Name == name) is not { } member) return $"there is no head node '{name}'; pbm cluster members lists them";
        if (member.Status is not ("up" or "joining" or "leaving")) return $"{name} is {member.Status}: it owns nothing";
        if (name != options.Node) return await Membership.AskAsync(member, AdminRoutes.Leave + name) is { Status: 200 } ? null : $"{name} does not answer; try again, or stop netbootd there";
        _ = LeaveAsync();
        return null;
    }

    /// <summary>First those who load from here may end, then addresses and shards go to the others.</summary>
    public async Task LeaveAsync()
    {
        if (Membership is null) return;
        _drains = true;
        await BecomeQuietAsync();
        try
        {
            await _addresses.Ask<AddressesGivenUp>(GiveUpAddresses.Instance, LeaveTime);
            await Membership.LeaveAsync().WaitAsync(LeaveTime, time);
        }
        catch (Exception late) when (late is TimeoutException or AskTimeoutException)
        {
            log.ClusterTrouble("the others did not take this node's clients in time: they do so once it is silent");
        }
    }

    /// <summary>Nobody new is sent here, everything else goes on: clients that load from here may end.</summary>
    private async Task BecomeQuietAsync()
    {
        var began = time.GetTimestamp();
        while (servers.Active > 0 && time.GetElapsedTime(began) < FrontDoor.DrainTime) await Task.Delay(TimeSpan.FromMilliseconds(100), time);
    }

    private volatile bool _drains;

    private HeadFacts Facts() => new()
    {
        Name = options.Node,
        Home = options.Cluster!.Service,
        Held = [.. _holder?.Held ?? []],
        Own = [.. interfaces.All.Select(each => each.Address)],
        Weight = options.Cluster.Weight,
        Drains = _drains,
        Transfers = servers.Active,
        Downloads = HttpDownloads.Pack(servers.Http!.Downloads(AWhile)),
        Version = Product.Version,
        Clients = board.Count,
        CatalogRevision = catalog.Keeper.Current.Revision,
    };

    /// <summary>What this node owns it knows better than what was read.</summary>
    private async void RereadLeases()
    {
        try
        {
            var inventory = await store.Store.LoadAsync(default);
            foreach (var lease in inventory.Leases.Where(lease => !Membership!.Owns(lease.Shard))) leases.Book.Learn(new() { Granted = lease });
            foreach (var quarantine in inventory.Quarantines) leases.Book.Learn(new() { Quarantined = quarantine });
        }
        catch (Exception unreadable) when (unreadable is Storage.Writing.StoreUnavailableException or Storage.Writing.ItemRefusedException)
        {
            // The store's own health says so; the next time comes.
        }
    }

    private IReadOnlyDictionary<string, string> _seen = new Dictionary<string, string>();

    private void LogMembers()
    {
        var now = Membership!.Members.ToDictionary(member => member.Name, member => member.Status);
        foreach (var (name, status) in now)
            if (_seen.GetValueOrDefault(name) != status) log.MemberChanged(name, status);
        _seen = now;
    }
}
