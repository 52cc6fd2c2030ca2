using NetBootFabric.Actors.Cluster;
using NetBootFabric.Actors.Remote;
using NetBootFabric.Boot.Membership;
using NetBootFabric.Testing.Membership;

namespace NetBootFabric.Actors.Tests.Clusters;

/// <summary>A cluster in one thread and virtual time, which after every instant checks that no two nodes believe to own one shard.</summary>
internal sealed class ClusterWorld(int seed) : IDisposable
{
    public const int Shards = 128;

    public static readonly TimeSpan Heartbeat = TimeSpan.FromMilliseconds(250);
    public static readonly TimeSpan DeadAfter = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, ClusterNode> _nodes = [];
    private TimeSpan _checked;

    public DeterministicRuntime Runtime { get; } = new(seed);

    public SimulatedNetwork Network => field ??= new SimulatedNetwork(Runtime.TimeProvider) { Delay = (_, _) => TimeSpan.FromMilliseconds(1) };

    public InMemoryClusterStore Store => field ??= new InMemoryClusterStore(Runtime.TimeProvider);

    /// <summary>Every message that an entity handled: node, entity, message.</summary>
    public List<(string Node, string Entity, string Message)> Handled { get; } = [];

    public IEnumerable<ClusterNode> Nodes => _nodes.Values.Where(static node => !node.IsDead);

    public ClusterNode this[string name] => _nodes[name];

    public void Dispose()
    {
        foreach (var node in _nodes.Values) node.Kill();
    }

    /// <summary>Starts a process and lets it join; one of that name that runs is killed.</summary>
    public ClusterNode Start(string name, int weight = 100, Action<ClusterNode>? prepare = null)
    {
        if (_nodes.TryGetValue(name, out var before)) before.Kill();
        var node = new ClusterNode(this, name, weight);
        _nodes[name] = node;
        prepare?.Invoke(node);
        node.Join();
        return node;
    }

    public void StartAll(params string[] names)
    {
        foreach (var name in names) Start(name);
        Settle();
    }

    public void Advance(TimeSpan time) => Runtime.RunUntil(() =>
    {
        Check();
        return false;
    }, time);

    public void Advance(double seconds) => Advance(TimeSpan.FromSeconds(seconds));

    public bool RunUntil(Func<bool> condition, double seconds) => Runtime.RunUntil(() =>
    {
        Check();
        return condition();
    }, TimeSpan.FromSeconds(seconds));

    /// <summary>Until each shard is where it belongs.</summary>
    public void Settle(double seconds = 20) => Assert.True(RunUntil(() => IsSettled, seconds), "shards did not come to rest: " + string.Join(", ", Nodes.Select(static node => $"{node.Name} {node.Owned}")));

    /// <summary>Each shard is owned by a node that is up, and where the plan wants it.</summary>
    public bool IsSettled
    {
        get
        {
            var plan = ShardPlan.Of(Shards, Store.Members, Enumerable.Range(0, Shards).Select(Store.Find).OfType<ShardRow>().ToDictionary(row => row.Shard));
            return Nodes.All(IsAtRest) && Enumerable.Range(0, Shards).All(shard => plan[shard] is { } owner && _nodes[owner].Owns(shard))
                && Nodes.All(node => node.IsPaused || node.Cluster.StoreContact == StoreContact.Left || Enumerable.Range(0, Shards).All(shard => node.Sharding.OwnerOf(shard) == plan[shard]));
        }
    }

    public Dictionary<string, int> Spread() => Nodes.ToDictionary(static node => node.Name, static node => node.Owned);

    private bool IsAtRest(ClusterNode node) => node.IsPaused || node.Cluster.StoreContact == StoreContact.Left
        || Store.Members.Any(row => row.Identity.Name == node.Name && row.Incarnation == node.Cluster.SelfIncarnation && row.Status == StoredStatus.Up);

    private void Check()
    {
        // Every instant would be a thousand in a second: what is wrong for less than two milliseconds is seen often enough.
        if (Runtime.TimeProvider.Elapsed - _checked < TimeSpan.FromMilliseconds(2)) return;
        _checked = Runtime.TimeProvider.Elapsed;
        for (var shard = 0; shard < Shards; shard++)
        {
            string? owner = null;
            foreach (var node in _nodes.Values)
            {
                if (node.IsDead || !node.Owns(shard)) continue;
                Assert.True(owner is null, $"{owner} and {node.Name} both own shard {shard} at {Runtime.TimeProvider.Elapsed}");
                owner = node.Name;
                // What it writes under its epoch must be what the store takes.
                var row = Store.Find(shard);
                Assert.True(row?.Owner == node.Name && row.Value.Epoch == node.Sharding.EpochOf(shard), $"{node.Name} believes in shard {shard}, the store in {row} at {Runtime.TimeProvider.Elapsed}");
            }
        }
    }
}
