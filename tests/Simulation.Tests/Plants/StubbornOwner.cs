using NetBootFabric.Boot.Heads;
using NetBootFabric.Wire;

namespace NetBootFabric.Simulation.Tests.Plants;

/// <summary>Head nodes that answer for a client for ever once it was theirs: they don't look how old what they know is.</summary>
internal sealed class StubbornOwner : Plant
{
    public override IShardOwnership Ownership(IShardOwnership ownership) => new EternalOwner(ownership);

    private sealed class EternalOwner(IShardOwnership ownership) : IShardOwnership
    {
        private readonly Dictionary<int, long> _owned = [];

        public int Shards => ownership.Shards;

        public int ShardOf(MacAddress client) => ownership.ShardOf(client);

        public bool Owns(int shard) => EpochOf(shard) >= 0;

        public long EpochOf(int shard)
        {
            if (ownership.EpochOf(shard) is >= 0 and var epoch) _owned[shard] = epoch;
            return _owned.GetValueOrDefault(shard, -1);
        }
    }
}
