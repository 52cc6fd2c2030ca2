using NetBootFabric.Actors.Cluster.Sharding;
using NetBootFabric.Boot.Membership;

namespace NetBootFabric.Actors.Cluster.Daemon;

internal sealed partial class ClusterDaemon
{
    /// <summary>Messages wait from now on; the entities are asked to stop.</summary>
    private void BeginHandOff(IReadOnlyList<ShardHolding> holdings)
    {
        if (holdings.Count == 0) return;
        var regions = cluster.RegionCount;
        foreach (var held in holdings)
        {
            held.StillRunning = regions;
            held.Phase = regions == 0 ? HoldingPhase.Stopped : HoldingPhase.Stopping;
        }
        PublishMap();
        if (regions == 0) return;
        var shards = holdings.Select(static held => new HeldShard(held.Shard, held.Epoch)).ToList();
        cluster.TellRegions(new StopShards(shards, Asks: true), Self);
        Timers.StartSingleTimer($"{nameof(HandOffDue)}-{++_batch}", new HandOffDue(shards), setup.HandOffTimeout);
    }

    private void OnShardsStopped(IReadOnlyList<HeldShard> shards)
    {
        foreach (var shard in shards)
        {
            if (Find(shard) is { Phase: HoldingPhase.Stopping } held && --held.StillRunning <= 0) held.Phase = HoldingPhase.Stopped;
        }
        MoveShards();
    }

    private void OnHandOffDue(IReadOnlyList<HeldShard> shards)
    {
        var late = shards.Where(shard => Find(shard) is { Phase: HoldingPhase.Stopping }).ToList();
        if (late.Count == 0) return;
        system.Log.Warning("Entities of {0} shards did not stop in time", late.Count);
        cluster.TellRegions(new StopShards(late, Asks: false), Self);
        foreach (var shard in late) Find(shard)!.Phase = HoldingPhase.Stopped;
        MoveShards();
    }

    private (List<ShardHolding> Holdings, string To)? NextHandOver()
    {
        foreach (var held in _held.Values)
        {
            if (held.Phase != HoldingPhase.Stopped || _plan[held.Shard] is not { } to || to == _name) continue;
            return (_held.Values.Where(other => other.Phase == HoldingPhase.Stopped && _plan[other.Shard] == to).ToList(), to);
        }
        return null;
    }

    private void HandOver(List<ShardHolding> holdings, string to)
    {
        foreach (var held in holdings) held.Phase = HoldingPhase.Given;
        PublishMap();
        var rows = holdings.ConvertAll(held => new ShardRow(held.Shard, _name, held.Epoch));
        Call(ended => setup.Store.HandOver(_name, _incarnation, rows, to, (given, failure) => ended(failure, () => HandedOver(rows, given, to))));
    }

    private void HandedOver(IReadOnlyList<ShardRow> asked, IReadOnlyList<ShardRow> given, string to)
    {
        foreach (var row in asked) Drop(row.Shard);
        foreach (var row in given) _rows[row.Shard] = row;
        if (given.Count < asked.Count) _beatDue = true;
        TellMember(to, LookAtOnce.Instance);
        NoteLost([.. asked.Select(static row => row.Shard)]);
        cluster.SweepRegions();
    }

    /// <summary>A hand-over failed: the next beat tells whose the shards are; if still this node's, they are taken anew.</summary>
    private void GiveUpHandOver()
    {
        var given = _held.Values.Where(static held => held.Phase == HoldingPhase.Given).Select(static held => held.Shard).ToList();
        foreach (var shard in given) Drop(shard);
        NoteLost(given);
    }
}
