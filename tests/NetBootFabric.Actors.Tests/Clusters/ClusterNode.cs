using NetBootFabric.Actors.Cluster;
using NetBootFabric.Actors.Remote;
using NetBootFabric.Boot.Membership;
using NetBootFabric.Testing.Membership;

namespace NetBootFabric.Actors.Tests.Clusters;

/// <summary>One node of a <see cref="ClusterWorld"/>, with a region of entities that record what they handle.</summary>
internal sealed class ClusterNode
{
    private static readonly HashCodeMessageExtractor Extractor = HashCodeMessageExtractor.Create(ClusterWorld.Shards, static _ => null);

    /// <summary>An entity that was told so does not stop when asked.</summary>
    public const string Stubborn = "be stubborn";

    private readonly SimulatedNode _process;
    private readonly SimulatedTransport _transport;

    public ClusterNode(ClusterWorld world, string name, int weight)
    {
        Name = name;
        _process = new SimulatedNode(world.Runtime);
        _transport = world.Network.Attach(name, _process.Dispatcher);
        Store = world.Store.Connect();
        Store.Delay = TimeSpan.FromMilliseconds(2);
        System = ActorSystem.Create("fabric", new EmbeddedSetup
        {
            Dispatcher = _process.Dispatcher,
            TimeProvider = _process.TimeProvider,
            LogSink = line => Log.Add(world.Runtime.TimeProvider.Elapsed + " " + line.ToString()),
            Cluster = new ClusterSetup
            {
                Store = Store,
                Transport = _transport,
                Identity = new MemberIdentity(name, $"{name}:25520", $"{name}'s", weight, ["head"]),
            },
        });
        Cluster = Actors.Cluster.Cluster.Get(System);
        Sharding = ClusterSharding.Get(System).Ownership;
        Region = ClusterSharding.Get(System).Start("thing", id => Props.Create(() => new Recorder(world, this, id)), ClusterShardingSettings.Create(System), Extractor,
            ClusterSharding.Get(System).DefaultShardAllocationStrategy(ClusterShardingSettings.Create(System)), new Stop());
        System.EventStream.Subscribe<DeadLetter>(System.ActorOf(Props.Create(() => new Inline((_, message) => DeadLetters.Add(((DeadLetter)message).Message)))));
    }

    public string Name { get; }
    public ActorSystem System { get; }
    public Actors.Cluster.Cluster Cluster { get; }
    public ShardOwnership Sharding { get; }
    public InMemoryClusterConnection Store { get; }
    public IActorRef Region { get; }
    public List<object> DeadLetters { get; } = [];
    public List<string> Log { get; } = [];

    /// <summary>Ids of entities that live here.</summary>
    public HashSet<string> Entities { get; } = [];

    public bool IsDead => _process.IsDead;
    public bool IsPaused => _process.IsPaused;
    public int Owned => Enumerable.Range(0, ClusterWorld.Shards).Count(Owns);

    public static string ShardOf(string entity) => Extractor.ShardId(entity);

    public bool Owns(int shard) => Sharding.Owns(shard);

    public void Join() => Cluster.Join(Cluster.SelfAddress);

    public void Pause() => _process.Pause();

    public void Resume() => _process.Resume();

    public void Kill()
    {
        _process.Kill();
        _transport.Dispose();
    }

    public void Tell(string entity, string message, IActorRef? sender = null) => Region.Tell(new ShardingEnvelope(entity, message), sender);

    public Task<string> Ask(string entity, string message, double seconds = 1) => Region.Ask<string>(new ShardingEnvelope(entity, message), TimeSpan.FromSeconds(seconds));

    private sealed class Recorder : ReceiveActor
    {
        private readonly ClusterNode _node;
        private readonly string _id;
        private bool _isStubborn;

        public Recorder(ClusterWorld world, ClusterNode node, string id)
        {
            _node = node;
            _id = id;
            Receive<string>(text =>
            {
                _isStubborn |= text == Stubborn;
                world.Handled.Add((node.Name, id, text));
                Sender.Tell($"{text} at {node.Name}");
            });
            Receive<Stop>(_ =>
            {
                if (!_isStubborn) Context.Stop(Self);
            });
        }

        protected override void PreStart() => Assert.True(_node.Entities.Add(_id));

        protected override void PostStop() => _node.Entities.Remove(_id);
    }
}
