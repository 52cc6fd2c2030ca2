using NetBootFabric.Actors.Cluster;
using NetBootFabric.Boot.Membership;
using NetBootFabric.Boot.Transfers;
using NetBootFabric.Cluster.Heads;

namespace NetBootFabric.Simulation.Tests.Nodes;

/// <summary>Its place among the others.</summary>
internal sealed partial class HeadNode
{
    private SimulatedTransport? _transport;

    /// <summary>What its writes name; 0: it is alone, or has not joined yet.</summary>
    private long _incarnation;

    private Actors.Cluster.Cluster Joined => Actors.Cluster.Cluster.Get(_system);

    public Writer Writer(long epoch) => new(_head.Name, _incarnation, epoch);

    /// <summary>The epoch under which it owns the shard, as it knows; -1: it does not.</summary>
    public long EpochOf(int shard) => _membership?.EpochOf(shard) ?? 0;

    /// <summary>As at SIGTERM.</summary>
    public void Leave()
    {
        if (_membership is null) _head.Left(this);
        else Schedule(() => _ = LeaveAsync());
    }

    private async Task LeaveAsync()
    {
        await Joined.LeaveAsync();
        _head.Left(this);
    }

    private HeadFacts Facts() => new()
    {
        Name = _head.Name,
        Home = [_head.Server],
        Held = [.. _world.Heads.Where(other => _world.HolderOf(other.Server) == _head).Select(other => other.Server)],
        Weight = 100,
    };

    private ClusterSetup? Cluster()
    {
        if (!_world.Plan.IsCluster) return null;
        _transport = _world.Links.Attach(_head.Name, Dispatcher);
        return new ClusterSetup
        {
            Store = _world.Plant.Members(_head.Link.Members),
            Transport = _transport,
            Identity = new MemberIdentity(_head.Name, $"{_head.Name}:4711", "", 100, []),
        };
    }

    private void MeetTheOthers()
    {
        if (_membership is not { } membership) return;
        _ = new ShardKeeper(_system, new ShardKeeperServices
        {
            Membership = membership,
            Store = _store,
            Replica = Book,
            Lane = _lane,
            Ledgers = _ledgers,
            Time = Time,
            Identify = incarnation => _incarnation = incarnation,
        });
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
        var owners = ClusterSharding.Get(_system).Ownership;
        owners.Taken += shards => _world.Note($"{_head.Name} takes {shards.Count} shards");
        owners.Lost += shards => _world.Note($"{_head.Name} loses {shards.Count} shards");
        _system.ActorOf(Props.Create(() => new HeadPeers(services)), HeadPeers.Name);
        _ = Joined.JoinAsync(Joined.SelfAddress);
    }
}
