using NetBootFabric.Actors.Cluster;
using NetBootFabric.Actors.Remote;
using NetBootFabric.Boot.Membership;
using NetBootFabric.Testing.Membership;

namespace NetBootFabric.Actors.Tests.Remote;

public sealed class RemotingTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly DeterministicRuntime _runtime = new(1);
    private readonly SimulatedNetwork _network;
    private readonly InMemoryClusterStore _store;
    private readonly ActorSystem _a;
    private readonly ActorSystem _b;
    private readonly List<object> _heard = [];
    private readonly List<DeadLetter> _lost = [];

    public RemotingTests()
    {
        _network = new SimulatedNetwork(_runtime.TimeProvider);
        _store = new InMemoryClusterStore(_runtime.TimeProvider);
        _a = System("a");
        _b = System("b");
        var peers = new[] { Peer("a"), Peer("b") };
        ActorSystemImpl.Of(_a).Remoting!.SetPeers(peers);
        ActorSystemImpl.Of(_b).Remoting!.SetPeers(peers);
    }

    public void Dispose()
    {
        _a.Dispose();
        _b.Dispose();
        _runtime.Advance(Second);
    }

    private static RemotePeer Peer(string name) => new(name, $"head-{name}:25520", "");

    private ActorSystem System(string name) => ActorSystem.Create("fabric", new EmbeddedSetup
    {
        Dispatcher = _runtime.Dispatcher,
        TimeProvider = _runtime.TimeProvider,
        Cluster = new ClusterSetup
        {
            Store = _store.Connect(),
            Transport = _network.Attach(name, _runtime.Dispatcher),
            Identity = new MemberIdentity(name, $"head-{name}:25520", "", 100, []),
        },
    });

    private IActorRef Listener(ActorSystem system, string name = "listener") => system.ActorOf(Props.Create(() => new Inline((_, message) => _heard.Add(message))), name);

    private IActorRef Echo(ActorSystem system) => system.ActorOf(Props.Create(() => new Inline((context, message) => context.Sender.Tell(message))), "echo");

    private void ListenForDeadLetters(ActorSystem system) =>
        system.EventStream.Subscribe<DeadLetter>(system.ActorOf(Props.Create(() => new Inline((_, message) => _lost.Add((DeadLetter)message)))));

    [Fact]
    public void A_system_in_a_cluster_has_the_address_of_its_member() =>
        Assert.Equal("akka://fabric@head-a:25520/user/listener", Listener(_a).Path.ToString());

    [Fact]
    public void A_selection_with_another_members_address_reaches_its_actor()
    {
        Listener(_b);
        for (var i = 0; i < 10; i++) _a.ActorSelection("akka://fabric@head-b:25520/user/listener").Tell(i, null);
        _runtime.RunUntilIdle();
        Assert.Equal(Enumerable.Range(0, 10).Cast<object>(), _heard);
    }

    [Fact]
    public void A_selection_with_the_own_address_stays_here()
    {
        Listener(_a);
        _a.ActorSelection("akka://fabric@head-a:25520/user/listener").Tell(1, null);
        _a.ActorSelection("akka://fabric/user/listener").Tell(2, null);
        _runtime.RunUntilIdle();
        Assert.Equal([1, 2], _heard);
        Assert.Equal(0, _network.Delivered);
    }

    [Fact]
    public void An_answer_goes_back_to_a_sender_on_another_node()
    {
        Echo(_b);
        var sender = Listener(_a);
        _a.ActorSelection("akka://fabric@head-b:25520/user/echo").Tell("hello", sender);
        _runtime.RunUntilIdle();
        Assert.Equal(["hello"], _heard);
    }

    [Fact]
    public void An_ask_over_nodes_gets_its_answer_and_leaves_nothing_behind()
    {
        Echo(_b);
        var echo = _a.ActorSelection("akka://fabric@head-b:25520/user/echo");
        Assert.Equal(7, _runtime.Run(() => echo.Ask<int>(7, Second), Second));
        Assert.Null(ActorSystemImpl.Of(_a).Remoting!.Asker("$1"));
    }

    [Fact]
    public void A_failure_as_an_answer_is_thrown_at_the_asker()
    {
        _b.ActorOf(Props.Create(() => new Inline((context, _) => context.Sender.Tell(new Status.Failure(new IOException("disk full"))))), "failing");
        var failure = Assert.ThrowsAny<AkkaException>(() => _runtime.Run(() => _a.ActorSelection("akka://fabric@head-b:25520/user/failing").Ask<int>(1, Second), Second));
        Assert.Contains("disk full", failure.Message);
    }

    [Fact]
    public void An_ask_without_an_answer_ends_with_its_time_out()
    {
        _network.Cut("a", "b");
        Echo(_b);
        Assert.Throws<AskTimeoutException>(() => _runtime.Run(() => _a.ActorSelection("akka://fabric@head-b:25520/user/echo").Ask<int>(7, Second), 2 * Second));
    }

    [Fact]
    public void An_actor_of_another_node_is_resolved()
    {
        var echo = Echo(_b);
        var found = _runtime.Run(() => _a.ActorSelection("akka://fabric@head-b:25520/user/echo").ResolveOne(Second), Second);
        Assert.Equal(echo.Path, found.Path);
        Assert.Equal(echo.Path.Uid, found.Path.Uid);
        Assert.Equal("x", _runtime.Run(() => found.Ask<string>("x", Second), Second));
    }

    [Fact]
    public void A_message_for_an_earlier_incarnation_is_a_dead_letter()
    {
        var found = _runtime.Run(() => Resolved(), Second);
        _runtime.Run(() => _b.ActorSelection("/user/echo").Ask<ActorIdentity>(new Identify(1)), Second).Subject!.Tell(PoisonPill.Instance);
        _runtime.RunUntilIdle();
        Listener(_b, "echo");
        ListenForDeadLetters(_b);
        found.Tell("too late");
        _runtime.RunUntilIdle();
        Assert.Empty(_heard);
        Assert.Equal("too late", Assert.Single(_lost).Message);

        Task<IActorRef> Resolved()
        {
            Echo(_b);
            return _a.ActorSelection("akka://fabric@head-b:25520/user/echo").ResolveOne(Second);
        }
    }

    [Theory]
    [InlineData("akka://fabric@head-b:25520/user/nobody")]
    [InlineData("akka://fabric@head-b:25520/user/a/b")]
    [InlineData("akka://fabric@head-b:25520")]
    public void A_message_for_nobody_there_is_a_dead_letter_there(string path)
    {
        ListenForDeadLetters(_b);
        _a.ActorSelection(path).Tell("x", null);
        _runtime.RunUntilIdle();
        Assert.Equal("x", Assert.Single(_lost).Message);
    }

    [Theory]
    [InlineData("akka://fabric@head-c:25520/user/listener")]
    [InlineData("akka://other@head-b:25520/user/listener")]
    [InlineData("akka://fabric@head-b:1/user/listener")]
    public void A_message_for_who_is_no_peer_is_a_dead_letter_here(string path)
    {
        ListenForDeadLetters(_a);
        _a.ActorSelection(path).Tell("x", null);
        _runtime.RunUntilIdle();
        Assert.Equal("x", Assert.Single(_lost).Message);
    }

    [Fact]
    public void A_message_without_a_serializer_is_a_dead_letter_and_the_link_goes_on()
    {
        ListenForDeadLetters(_a);
        Listener(_b);
        var selection = _a.ActorSelection("akka://fabric@head-b:25520/user/listener");
        selection.Tell(new Uri("http://x"), null);
        selection.Tell(1, null);
        _runtime.RunUntilIdle();
        Assert.Single(_lost);
        Assert.Equal([1], _heard);
        Assert.Equal(1, ActorSystemImpl.Of(_a).Remoting!.Counters.Unsent);
    }

    [Fact]
    public void Frames_that_are_none_are_counted_and_the_link_goes_on()
    {
        Listener(_b);
        var transport = ActorSystemImpl.Of(_a).Remoting!.Transport;
        var random = new Random(2);
        for (var i = 0; i < 1000; i++)
        {
            var bytes = new byte[random.Next(100)];
            random.NextBytes(bytes);
            transport.Send("b", bytes);
        }
        Send(transport, new RemoteFrame(FrameKind.Tell, 0, "/user/listener", "", "", 999, "?", default));
        Send(transport, new RemoteFrame(FrameKind.Tell, 0, "/user/listener", "", "", 17, "I", new byte[3]));
        Send(transport, new RemoteFrame(FrameKind.Entity, 0, "/user/listener", "x", "not a path", 17, "I", new byte[4]));
        _runtime.RunUntilIdle();
        var counters = ActorSystemImpl.Of(_b).Remoting!.Counters;
        Assert.Equal(1002, counters.Rejected);
        Assert.Equal(2, counters.RejectedAs(FrameFault.Undecodable));
        Assert.Equal([0], _heard);
    }

    [Fact]
    public void Many_asks_at_once_get_each_its_own_answer()
    {
        Echo(_b);
        _network.Delay = (_, _) => TimeSpan.FromMilliseconds(5);
        var echo = _a.ActorSelection("akka://fabric@head-b:25520/user/echo");
        var answers = _runtime.Run(() => Task.WhenAll(Enumerable.Range(0, 500).Select(i => echo.Ask<int>(i, Second))), Second);
        Assert.Equal(Enumerable.Range(0, 500), answers);
    }

    private static void Send(IRemoteTransport transport, RemoteFrame frame)
    {
        var bytes = new byte[frame.LengthBound];
        transport.Send("b", bytes.AsSpan(0, frame.Write(bytes)));
    }
}
