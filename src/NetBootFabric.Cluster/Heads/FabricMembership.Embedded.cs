using NetBootFabric.Boot.Heads;
using NetBootFabric.Boot.Membership;
using NetBootFabric.Cluster.Messages;
using NetBootFabric.Wire;

namespace NetBootFabric.Cluster.Heads;

/// <summary>The head nodes and their shards, as the engine knows them. Thread-safe.</summary>
public sealed class FabricMembership : IShardOwnership
{
    private static readonly ClientMessageExtractor Extractor = new();
    private static readonly TimeSpan AskTime = TimeSpan.FromSeconds(2);

    private readonly ActorSystem _system;
    private readonly NetBootFabric.Actors.Cluster.Cluster _cluster;
    private readonly ShardOwnership _owners;

    public FabricMembership(ActorSystem system)
    {
        _system = system;
        _cluster = NetBootFabric.Actors.Cluster.Cluster.Get(system);
        _owners = ClusterSharding.Get(system).Ownership;
    }

    public int Shards => ClientMessageExtractor.ShardCount;

    /// <summary>Current, Joining, DownForAll, CutOff, Left or Alone.</summary>
    public string Contact => _cluster.StoreContact.ToString();

    public IReadOnlyList<HeadMember> Members => [.. _cluster.Members.Select(Of).OrderBy(member => member.Name, StringComparer.Ordinal)];

    /// <summary>Names of those that serve, this one included.</summary>
    public IEnumerable<string> Live => _cluster.Members.Where(IsLive).Select(row => row.Identity.Name);

    /// <summary>Addresses of the others' actor systems.</summary>
    public IEnumerable<string> Others => _cluster.Members.Where(row => IsLive(row) && row.Identity.Name != _cluster.SelfName).Select(row => $"akka://{_system.Name}@{row.Identity.Address}");

    public IEnumerable<HeadShard> Table => _owners.Table.Select(row => new HeadShard(row.Shard, row.Owner, row.Epoch));

    public int ShardOf(MacAddress client) => Extractor.ShardOf(client);

    public bool Owns(int shard) => _owners.Owns(shard);

    public long EpochOf(int shard) => _owners.EpochOf(shard);

    /// <summary>The incarnation under which this node may act now; 0: it was fenced, is cut off or has not joined.</summary>
    public long Tenure() => _owners.IsCurrent ? _cluster.SelfIncarnation : 0;

    public IReadOnlyList<ServiceMember> ServiceMembers() => [.. _cluster.Members.Where(row => row.Status <= StoredStatus.Leaving).Select(row => new ServiceMember(row.Identity.Name, row.Identity.Weight, Standing(row)))];

    private static ServiceStanding Standing(MemberRow row) => row.Status switch
    {
        StoredStatus.Up => ServiceStanding.Up,
        StoredStatus.Leaving => ServiceStanding.Leaving,
        _ => ServiceStanding.Joining,
    };

    public bool IsAlive(string name) => _cluster.Members.Any(row => row.Identity.Name == name && IsLive(row));

    /// <summary>Asks every other head node; who does not answer in time is left out.</summary>
    public async Task<IReadOnlyList<HeadAnswer>> AskOthersAsync(string path)
    {
        var asked = Others.Select(address => AskAsync(address, path)).ToList();
        return [.. (await Task.WhenAll(asked)).OfType<HeadAnswer>()];
    }

    /// <summary>Null: no answer in time.</summary>
    public Task<HeadAnswer?> AskAsync(HeadMember member, string path) => AskAsync($"akka://{_system.Name}@{member.Address}", path);

    private async Task<HeadAnswer?> AskAsync(string address, string path)
    {
        try
        {
            return await _system.ActorSelection($"{address}/user/{HeadPeers.Name}").Ask<HeadAnswer>(new HeadQuestion(path), AskTime);
        }
        catch (AskTimeoutException)
        {
            return null;
        }
    }

    private static bool IsLive(MemberRow row) => row.Status is StoredStatus.Up or StoredStatus.Leaving;

    private static HeadMember Of(MemberRow row) =>
        new(row.Identity.Name, row.Status.ToString().ToLowerInvariant(), row.Identity.Address, row.Identity.Weight, row.Identity.Roles, row.Incarnation);
}
