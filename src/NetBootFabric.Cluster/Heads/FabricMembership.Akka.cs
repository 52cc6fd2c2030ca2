using NetBootFabric.Boot.Heads;
using NetBootFabric.Wire;

namespace NetBootFabric.Cluster.Heads;

/// <summary>Several head nodes need leases that are fenced by shard epochs, which the embedded engine gives: on Akka.NET a head node is alone as yet, and none of these is made.</summary>
public sealed class FabricMembership : IShardOwnership
{
    private FabricMembership() { }

    public int Shards => throw Alone;
    public string Contact => throw Alone;
    public IReadOnlyList<HeadMember> Members => throw Alone;
    public IEnumerable<string> Live => throw Alone;
    public IEnumerable<string> Others => throw Alone;
    public IEnumerable<HeadShard> Table => throw Alone;

    public int ShardOf(MacAddress client) => throw Alone;
    public bool Owns(int shard) => throw Alone;
    public long EpochOf(int shard) => throw Alone;
    public bool IsAlive(string name) => throw Alone;
    public Task<IReadOnlyList<HeadAnswer>> AskOthersAsync(string path) => throw Alone;

    private static NotSupportedException Alone => new("a head node on Akka.NET is alone");
}
