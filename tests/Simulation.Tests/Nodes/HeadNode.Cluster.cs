using Akka.Configuration;
using NetBootFabric.Boot.Transfers;
using NetBootFabric.Cluster;
using NetBootFabric.Cluster.Clients;
using NetBootFabric.Cluster.Heads;
using NetBootFabric.Cluster.Links;
using NetBootFabric.Cluster.Membership;

namespace NetBootFabric.Simulation.Tests.Nodes;

/// <summary>Its place among the others: its membership and its shards' leases are the fabric's own, Akka's gossip and coordinator are the <see cref="Gossip"/>.</summary>
internal sealed partial class HeadNode
{
    /// <summary>An actor system that was put out is followed by another after this.</summary>
    private static readonly TimeSpan Rebuilding = TimeSpan.FromMilliseconds(300);

    private static readonly Config KeeperDispatcher = ConfigurationFactory.ParseString(
        $"fabric.membership-dispatcher {{ type = Dispatcher, executor = \"{VirtualExecutorConfigurator.Name}\", throughput = 1 }}");

    /// <summary>No link shows it.</summary>
    private static readonly NodeCertificate Certificate = NodeCertificate.Create("simulated", TimeProvider.System);

    private RegionRef? _outerRegion;
    private FabricServices? _services;
    private MembershipSetup? _setup;
    private bool _killed;

    /// <summary>What its present actor system runs on; null: there is none, or it is alone.</summary>
    private SimulatedNode? _actors;
    private Ring? _ring;

    /// <summary>What its writes name; 0: it is alone, or has not joined yet.</summary>
    private long _incarnation;

    public Writer Writer(long epoch) => new(_head.Name, _incarnation, epoch);

    /// <summary>The epoch under which it owns the shard, as it knows; -1: it does not.</summary>
    public long EpochOf(int shard) => _membership?.EpochOf(shard) ?? 0;

    public FabricMembership? Members => _membership;

    /// <summary>As at SIGTERM.</summary>
    public void Leave()
    {
        if (_ring is null || _membership is null) _head.Left(this);
        else
        {
            _ring.Leave();
            AwaitLeft();
        }
    }

    private void AwaitLeft() => _world.After(TimeSpan.FromMilliseconds(50), () =>
    {
        if (_killed) return;
        if (_membership!.HasLeft && !_head.IsPaused) _head.Left(this);
        else AwaitLeft();
    });

    private FabricMembership? Membership()
    {
        if (!_world.Plan.IsCluster) return null;
        _setup = new MembershipSetup
        {
            Store = _world.Plant.Members(_head.Link.Members),
            Name = _head.Name,
            Certificate = Certificate,
            Weight = 100,
            Roles = [FabricRegion.Role],
            Trust = new PeerTrust(),
            Time = Time,
            Ring = _ => _ring!,
        };
        return new FabricMembership(_setup);
    }

    private RegionRef OuterRegion(FabricServices services)
    {
        _services = services;
        return _outerRegion = new RegionRef();
    }

    private void MeetTheOthers()
    {
        if (_membership is not { } membership) return;
        var keeper = new ShardKeeper(new ShardKeeperServices
        {
            Membership = membership,
            Store = _store,
            Replica = Book,
            Lane = _lane,
            Region = _region,
            Time = Time,
            Identify = incarnation => _incarnation = incarnation,
            OpenLedger = _ledgers.OpenAsync,
            CloseLedger = _ledgers.CloseAsync,
            DropLedger = _ledgers.Drop,
        });
        keeper.Taken += (shards, _) => _world.Note($"{_head.Name} takes {shards} shards");
        keeper.Lost += shards => _world.Note($"{_head.Name} loses {shards} shards");
        var services = new HeadServices
        {
            Membership = membership,
            Board = _heads,
            Replica = Book,
            Transfers = new TransferLedger(_head.Name, Time),
            Name = _head.Name,
            Clients = Board,
            Phases = new PhaseExchange(),
            Time = Time,
            Describe = static _ => "",
            Facts = Facts,
            Reread = () => { },
            Answer = _ => Task.FromResult(new HeadAnswer(_head.Name, 404, "")),
        };
        membership.OnEach(system => system.ActorOf(Props.Create(() => new HeadPeers(services)), HeadPeers.Name));
        _ = membership.JoinAsync(default);
        BeginSystem();
    }

    private void BeginSystem()
    {
        _actors = new SimulatedNode(_world.Runtime, _head.Skew);
        var host = _world.Links.Attach(_head.Name, _actors);
        var ring = _ring = new Ring(_world.Gossip, _head, this, _actors);
        var system = _actors.CreateSystem("fabric", KeeperDispatcher, Serializers, _journal, host);
        _ledgers.Start(system);
        ring.Begin(system, Region(system, _services!, ring.HomeOf));
        _outerRegion!.LeadTo(ring.Region);
        _lane.OpenDesk(system);
        _membership!.Begin(system);
    }

    /// <summary>Its actor system ended, since the cluster put it out.</summary>
    public void EndSystem(Ring ring)
    {
        if (_killed || _ring != ring) return;
        var actors = _actors!;
        _world.After(Rebuilding, () =>
        {
            actors.Kill();
            if (_killed || _membership!.HasLeft) return;
            if (_head.IsPaused) EndSystem(ring);
            else BeginSystem();
        });
    }

    private HeadFacts Facts() => new()
    {
        Name = _head.Name,
        Home = [_head.Server],
        Held = [.. _world.Heads.Where(other => _world.HolderOf(other.Server) == _head).Select(other => other.Server)],
        Weight = 100,
    };
}
