using NetBootFabric.AdminApi;
using NetBootFabric.Cluster.Heads;
using NetBootFabric.Node.Admin;
using NetBootFabric.Node.Logging;
using NetBootFabric.Sockets;
using NetBootFabric.Storage.Postgres;
using NetBootFabric.Wire;

namespace NetBootFabric.Node.Wiring;

// A head node's life among others, on the embedded engine.
internal sealed partial class HeadNode
{
    /// <summary>A head node that can't join by then starts all the same: it serves once the database lets it.</summary>
    private static readonly TimeSpan JoinTime = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan LeaveTime = TimeSpan.FromSeconds(15);

    /// <summary>A download that runs for less ends before anybody could end it.</summary>
    private static readonly TimeSpan AWhile = TimeSpan.FromMilliseconds(300);

    private ClusterParts? _parts;
    private ConnectionProbe? _probe;
    private ServiceAddressHolder? _holder;
    private IActorRef? _addresses;

    private void StartSystem()
    {
        _parts = ClusterParts.Open(_options, _time);
        if (_parts is not null) Closing(_parts);
        _system = EngineStart.Create(_store, _options.Store, _time, _logs.CreateLogger("actors"), _parts);
        _closers.Push(async () => await _system.Terminate());
        if (_parts is null) return;
        _log.Listening("the other head nodes", _parts.Setup.Identity.Address);
        _membership = new FabricMembership(_system);
    }

    private void MeetTheOthers(HeadAnswers answers, WatchFeed feed, PhaseExchange phases)
    {
        if (_membership is null) return;
        KeepShards(_membership, (PostgresStore)_store);
        HoldAddresses(_membership, _parts!);
        var services = new HeadServices
        {
            Membership = _membership,
            Board = _heads,
            Replica = _leases,
            Transfers = _transfers,
            Name = _options.Node,
            Clients = _board,
            Phases = phases,
            Time = _time,
            Describe = feed.Describe,
            Facts = Facts,
            Reread = RereadLeases,
            CatalogAt = _catalog.CatchUp,
            Answer = question => Task.Run(() => answers.AnswerAsync(question)),
        };
        var peers = _system.ActorOf(Props.Create(() => new HeadPeers(services)), HeadPeers.Name);
        _catalog.Committed += revision => peers.Tell(new CatalogCommitted(revision), ActorRefs.NoSender);
        Cluster.ViewChanged += LogMembers;
    }

    private void KeepShards(FabricMembership membership, PostgresStore store)
    {
        var keeper = new ShardKeeper(_system, new ShardKeeperServices
        {
            Membership = membership,
            Store = store,
            Replica = _leases,
            Lane = _lane,
            Region = _region,
            Time = _time,
            Identify = incarnation => store.Incarnation = new StoreIncarnation(_options.Node, incarnation),
        });
        keeper.Taken += _log.ShardsTaken;
        keeper.Lost += _log.ShardsLost;
        ClusterSharding.Get(_system).Ownership.Lost += shards =>
        {
            var lost = shards.ToHashSet();
            _board.Drop(client => lost.Contains(membership.ShardOf(client)));
        };
    }

    private void HoldAddresses(FabricMembership membership, ClusterParts parts)
    {
        _holder = Closing(new ServiceAddressHolder([.. _interfaces.Select(each => each.Link)], _time, (address, error) => _log.ClusterTrouble(error == Errno.ENODEV
            ? $"the service address {address} is in no subnet of {InterfaceNames}: give the interface an address of the same network"
            : $"the service address {address} can't be set: {error}"), Warn));
        _probe = Closing(new ConnectionProbe());
        _addresses = _system.ActorOf(Props.Create(() => new ServiceAddressKeeper(new ServiceDuty
        {
            Self = _options.Node,
            Own = _options.Cluster!.Service,
            Store = parts.Store,
            Holder = new AddressWatch(_holder, AddressCame, AddressWent),
            Members = membership.ServiceMembers,
            Tenure = membership.Tenure,
            IsBusy = address => _http.Downloads(TimeSpan.Zero).Any(download => download.Server == address),
            Every = _options.Cluster.Heartbeat,
        })), "service-addresses");
        Cluster.ViewChanged += () => _addresses.Tell(LookNow.Instance, ActorRefs.NoSender);
    }

    /// <summary>Downloads that its last holder has left there are ended, so that their clients try again at once and not when their patience is over.</summary>
    private void AddressCame(Ipv4Address address)
    {
        _log.AddressHeld(address.ToString());
        _host.Refresh();
        foreach (var facts in _heads.All.Where(facts => facts.Name != _options.Node))
            foreach (var left in HttpDownloads.Unpack(facts.Downloads).Where(download => download.Server == address)) _ = _probe!.Probe(left);
    }

    /// <summary>Its transfers go on where the address is now.</summary>
    private void AddressWent(Ipv4Address address)
    {
        _log.AddressGiven(address.ToString());
        _tftp?.Abandon(address);
        _host.Refresh();
    }

    private void Warn(string advice)
    {
        _warnings.Add(advice);
        _log.HostAdvice(advice);
    }

    /// <summary>The service address that this node holds on that interface, its own before others'. Asked for each broadcast.</summary>
    private Ipv4Address Serve(string device)
    {
        if (_holder is null) return default;
        var anothers = default(Ipv4Address);
        foreach (var address in _holder.Held)
        {
            if (!IsReachedBy(device, address)) continue;
            if (_options.Cluster!.Service.Contains(address)) return address;
            anothers = address;
        }
        return anothers;
    }

    private bool IsReachedBy(string device, Ipv4Address address)
    {
        foreach (var each in _interfaces)
            if (each.Link.Name == device) return each.Link.IsInSubnet(address.Value);
        return false;
    }

    private async Task JoinAsync(CancellationToken cancellation)
    {
        if (_membership is null) return;
        try
        {
            await Cluster.JoinAsync(Cluster.SelfAddress, cancellation).WaitAsync(JoinTime, _time, cancellation);
        }
        catch (TimeoutException)
        {
            _log.ClusterTrouble("the cluster is not joined yet: this node serves nobody until the database lets it");
        }
    }

    /// <summary>Has a head node leave, this one or another; does not wait for it.</summary>
    /// <returns>Why it does not; null: it does.</returns>
    private async Task<string?> SendAwayAsync(string name)
    {
        if (_membership is null) return $"{_options.Node} is alone: there is no cluster to leave";
        if (_membership.Members.FirstOrDefault(member => member.Name == name) is not { } member) return $"there is no head node '{name}'; pbm cluster members lists them";
        if (member.Status is not ("up" or "joining" or "leaving")) return $"{name} is {member.Status}: it owns nothing";
        if (name != _options.Node) return await _membership.AskAsync(member, AdminRoutes.Leave + name) is { Status: 200 } ? null : $"{name} does not answer; try again, or stop netbootd there";
        _ = LeaveAsync();
        return null;
    }

    /// <summary>First those who load from here may end, then addresses and shards go to the others.</summary>
    private async Task LeaveAsync()
    {
        if (_membership is null) return;
        _drains = true;
        await BecomeQuietAsync();
        try
        {
            await _addresses!.Ask<AddressesGivenUp>(GiveUpAddresses.Instance, LeaveTime);
            await Cluster.LeaveAsync().WaitAsync(LeaveTime, _time);
        }
        catch (Exception late) when (late is TimeoutException or AskTimeoutException)
        {
            _log.ClusterTrouble("the others did not take this node's clients in time: they do so once it is silent");
        }
    }

    /// <summary>Nobody new is sent here, everything else goes on: clients that load from here may end.</summary>
    private async Task BecomeQuietAsync()
    {
        var began = _time.GetTimestamp();
        while (Transfers > 0 && _time.GetElapsedTime(began) < DrainTime) await Task.Delay(TimeSpan.FromMilliseconds(100), _time);
    }

    private volatile bool _drains;

    private Actors.Cluster.Cluster Cluster => Actors.Cluster.Cluster.Get(_system);

    private HeadFacts Facts() => new()
    {
        Name = _options.Node,
        Home = _options.Cluster!.Service,
        Held = [.. _holder?.Held ?? []],
        Own = [.. _interfaces.Select(each => each.Address)],
        Weight = _options.Cluster.Weight,
        Drains = _drains,
        Transfers = Transfers,
        Downloads = HttpDownloads.Pack(_http.Downloads(AWhile)),
        Version = Product.Version,
        Clients = _board.Count,
        CatalogRevision = _catalog.Current.Revision,
    };

    /// <summary>What this node owns it knows better than what was read.</summary>
    private async void RereadLeases()
    {
        try
        {
            var inventory = await _store.LoadAsync(default);
            foreach (var lease in inventory.Leases.Where(lease => !_membership!.Owns(lease.Shard))) _leases.Learn(new() { Granted = lease });
            foreach (var quarantine in inventory.Quarantines) _leases.Learn(new() { Quarantined = quarantine });
        }
        catch (Exception unreadable) when (unreadable is Storage.Writing.StoreUnavailableException or Storage.Writing.ItemRefusedException)
        {
            // The store's own health says so; the next time comes.
        }
    }

    private IReadOnlyDictionary<string, string> _seen = new Dictionary<string, string>();

    private void LogMembers()
    {
        var now = _membership!.Members.ToDictionary(member => member.Name, member => member.Status);
        foreach (var (name, status) in now)
            if (_seen.GetValueOrDefault(name) != status) _log.MemberChanged(name, status);
        _seen = now;
    }
}
