using Akka.Actor.Setup;
using Akka.Configuration;
using NetBootFabric.Cluster.Heads;
using NetBootFabric.Cluster.Links;
using NetBootFabric.Cluster.Membership;
using NetBootFabric.Cluster.Messages;
using NetBootFabric.Cluster.Sharding;
using NetBootFabric.Testing.Membership;

namespace NetBootFabric.Cluster.Tests.Membership;

/// <summary>
/// One of several head nodes in a test's process: a real actor system on a port of its own, made anew whenever it ends, with a connection of its own to the store. Its clients answer
/// with the name of their head node.
/// </summary>
internal sealed class RealHead : IAsyncDisposable
{
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _life;
    private readonly int _weight;
    private volatile ActorSystem? _system;

    /// <summary>The first free one, kept by every actor system: a head node comes back at its address.</summary>
    private int _port;

    public RealHead(InMemoryClusterStore store, string name, int weight = 100, string role = FabricRegion.Role)
    {
        (Name, _weight) = (name, weight);
        Link = store.Connect();
        Certificate = NodeCertificate.Create(name, TimeProvider.System);
        Setup = new MembershipSetup { Store = Link, Name = name, Certificate = Certificate, Weight = weight, Roles = [role], Trust = new PeerTrust(), DeadAfter = TimeSpan.FromSeconds(2) };
        Membership = new FabricMembership(Setup);
        Setup.State.Wanted += shards =>
        {
            foreach (var shard in shards) Region.Tell(new StartShard(shard), ActorRefs.NoSender);
        };
        _life = LiveAsync();
        Joined = Membership.JoinAsync(CancellationToken.None);
    }

    public string Name { get; }
    public InMemoryClusterConnection Link { get; }
    public NodeCertificate Certificate { get; }
    public MembershipSetup Setup { get; }
    public FabricMembership Membership { get; }
    public Task Joined { get; }
    public IActorRef Region { get; private set; } = ActorRefs.Nobody;

    public int Owned => Enumerable.Range(0, ClientMessageExtractor.ShardCount).Count(Membership.Owns);

    /// <summary>How many actor systems it has had.</summary>
    public int Systems { get; private set; }

    /// <summary>Those that it does not hear.</summary>
    public int Unheard => Akka.Cluster.Cluster.Get(_system!).State.Unreachable.Count;

    public int Heard => Akka.Cluster.Cluster.Get(_system!).State.Members.Count;

    public string Endpoint => PeerAddress.EndpointOf(Akka.Cluster.Cluster.Get(_system!).SelfAddress);

    private async Task LiveAsync()
    {
        while (!_over.Task.IsCompleted && !Membership.HasLeft)
        {
            var system = Make();
            await Task.WhenAny(system.WhenTerminated, _over.Task);
            if (_over.Task.IsCompleted) await system.Terminate();
        }
    }

    private ActorSystem Make()
    {
        var bindings = string.Join('\n', FabricSerializer.Types.Select(type => $"\"{type.AssemblyQualifiedName}\" = fabric"));
        var settings = ConfigurationFactory.ParseString($$"""
            akka.loglevel = OFF
            akka.actor { serializers.fabric = "{{typeof(FabricSerializer).AssemblyQualifiedName}}", serialization-bindings { {{bindings}} } }
            """).WithFallback(FabricSettings.Member(Setup, "127.0.0.1", _port)).WithFallback(FabricSettings.Common);
        var system = ActorSystem.Create(FabricSettings.SystemName, ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(settings), Setup));
        var sharding = ClusterSharding.Get(system);
        var name = Name;
        var extractor = new ClientMessageExtractor();
        Region = Setup.Roles.Contains(FabricRegion.Role)
            ? sharding.Start(FabricRegion.TypeName, id => Props.Create(() => new NamesItsHead(name)), ClusterShardingSettings.Create(system).WithRole(FabricRegion.Role), extractor, new PlannedAllocation(system, Setup.State), StopClient.Instance)
            : sharding.StartProxy(FabricRegion.TypeName, FabricRegion.Role, extractor);
        Systems++;
        _port = Akka.Cluster.Cluster.Get(system).SelfAddress.Port!.Value;
        _system = system;
        Membership.Begin(system);
        return system;
    }

    public async ValueTask DisposeAsync()
    {
        _over.TrySetResult();
        await _life;
        Certificate.Dispose();
    }

    private sealed class NamesItsHead : UntypedActor
    {
        private readonly string _name;

        public NamesItsHead(string name) => _name = name;

        protected override void OnReceive(object message)
        {
            if (message is GetClient) Sender.Tell(new HeadAnswer(_name, 200, ""), Self);
            else Context.Stop(Self);
        }
    }
}
