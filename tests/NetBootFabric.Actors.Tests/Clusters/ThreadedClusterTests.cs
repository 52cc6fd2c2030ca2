using System.Collections.Concurrent;
using NetBootFabric.Actors.Cluster;
using NetBootFabric.Actors.Remote;
using NetBootFabric.Boot.Membership;
using NetBootFabric.Testing.Membership;

namespace NetBootFabric.Actors.Tests.Clusters;

/// <summary>The cluster on real threads and the real clock.</summary>
public sealed class ThreadedClusterTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly SimulatedNetwork _network = new(TimeProvider.System);
    private readonly InMemoryClusterStore _store = new();
    private readonly ConcurrentDictionary<string, int> _handled = new();

    private ActorSystem Start(string name)
    {
        var system = ActorSystem.Create("fabric", new EmbeddedSetup
        {
            Cluster = new ClusterSetup
            {
                Store = _store.Connect(),
                Transport = _network.Attach(name, ThreadPoolDispatcher.Default),
                Identity = new MemberIdentity(name, $"{name}:1", "", 100, []),
                Heartbeat = TimeSpan.FromMilliseconds(50),
                // A busy machine may pause a process for seconds; nobody dies in this test.
                DeadAfter = TimeSpan.FromSeconds(30),
            },
        });
        ClusterSharding.Get(system).Start("thing", _ => Props.Create<Counter>(_handled), ClusterShardingSettings.Create(system), HashCodeMessageExtractor.Create(128, static _ => null),
            ClusterSharding.Get(system).DefaultShardAllocationStrategy(ClusterShardingSettings.Create(system)), new Stop());
        return system;
    }

    [Fact]
    public async Task Members_come_and_go_while_threads_ask_and_no_message_is_handled_twice()
    {
        var a = Start("a");
        await Cluster(a).JoinAsync(Cluster(a).SelfAddress).WaitAsync(Patience);
        using var enough = new CancellationTokenSource();
        var askers = Enumerable.Range(0, 4).Select(number => Task.Run(() => Ask(a, number, enough.Token))).ToList();
        await Until(() => _handled.Count > 500);
        var b = Start("b");
        var c = Start("c");
        await Cluster(b).JoinAsync(Cluster(b).SelfAddress).WaitAsync(Patience);
        await Cluster(c).JoinAsync(Cluster(c).SelfAddress).WaitAsync(Patience);
        await Until(() => _store.Shards.DistinctBy(static row => row.Owner).Count() == 3);
        await b.Terminate().WaitAsync(Patience);
        await Until(() => _store.Shards.All(static row => row.Owner is "a" or "c"));
        var before = _handled.Count;
        await Until(() => _handled.Count > before + 500);
        await enough.CancelAsync();
        await Task.WhenAll(askers).WaitAsync(Patience);
        Assert.All(_handled, static handled => Assert.Equal(1, handled.Value));
        await c.Terminate().WaitAsync(Patience);
        await a.Terminate().WaitAsync(Patience);
    }

    private static Actors.Cluster.Cluster Cluster(ActorSystem system) => Actors.Cluster.Cluster.Get(system);

    // Each message once; an answer may be lost with a shard that moves, a second handling may not be.
    private static async Task Ask(ActorSystem system, int number, CancellationToken enough)
    {
        var region = ClusterSharding.Get(system).ShardRegion("thing");
        for (var asked = 0; !enough.IsCancellationRequested; asked++)
        {
            try
            {
                await region.Ask<string>(new ShardingEnvelope($"{asked % 500}", $"{number}.{asked}"), TimeSpan.FromSeconds(10));
            }
            catch (AskTimeoutException)
            {
            }
        }
    }

    private static async Task Until(Func<bool> condition)
    {
        var limit = DateTime.UtcNow + Patience;
        while (!condition())
        {
            Assert.True(DateTime.UtcNow < limit, "it never came true");
            await Task.Delay(10);
        }
    }

    private sealed class Counter : ReceiveActor
    {
        public Counter(ConcurrentDictionary<string, int> handled)
        {
            Receive<string>(text =>
            {
                handled.AddOrUpdate(text, 1, static (_, count) => count + 1);
                Sender.Tell(text);
            });
            Receive<Stop>(_ => Context.Stop(Self));
        }
    }
}
