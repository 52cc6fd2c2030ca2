using System.Threading.Channels;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using NetBootFabric.Cluster;
using NetBootFabric.Node.Wiring;

namespace NetBootFabric.Node.Tests.Wiring;

public sealed class ActorHostTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task An_actor_system_that_was_downed_is_followed_by_another_and_who_tells_the_region_need_not_know()
    {
        var part = new Echoing();
        await using var host = new ActorHost([new EnginePart(), new LonePart(), part], NullLoggerFactory.Instance, TimeProvider.System);
        await host.StartAsync(default);
        var first = await part.NextAsync();
        Assert.Equal("heard in 1", await part.Region.Ask<string>("hello", Patience));

        await DownAsync(first);
        var second = await part.NextAsync();
        Assert.True(first.WhenTerminated.IsCompleted);
        Assert.NotSame(first, second);
        Assert.Equal("heard in 2", await part.Region.Ask<string>("hello", Patience));
    }

    [Fact]
    public async Task One_that_is_ended_on_purpose_is_followed_by_none()
    {
        var part = new Echoing();
        var host = new ActorHost([new EnginePart(), new LonePart(), part], NullLoggerFactory.Instance, TimeProvider.System);
        await host.StartAsync(default);
        var only = await part.NextAsync();
        await host.DisposeAsync();
        Assert.True(only.WhenTerminated.IsCompleted);
        Assert.Null(host.System);
        Assert.Equal(1, part.Built);
    }

    [Fact]
    public async Task A_head_node_that_has_left_is_not_brought_back()
    {
        var part = new Echoing();
        await using var host = new ActorHost([new EnginePart(), new LonePart(), part], NullLoggerFactory.Instance, TimeProvider.System);
        await host.StartAsync(default);
        part.IsOver = true;
        await DownAsync(await part.NextAsync());
        await host.Watched.WaitAsync(Patience);
        Assert.Null(host.System);
        Assert.Equal((1, TimeSpan.Zero), (part.Built, host.DownFor));
    }

    private static async Task DownAsync(ActorSystem system)
    {
        var cluster = Akka.Cluster.Cluster.Get(system);
        var up = new TaskCompletionSource();
        cluster.RegisterOnMemberUp(up.SetResult);
        await up.Task.WaitAsync(Patience);
        cluster.Down(cluster.SelfAddress);
    }

    /// <summary>Says in which of the systems it is.</summary>
    private sealed class Echoing : IAkkaPart
    {
        private readonly Channel<ActorSystem> _built = Channel.CreateUnbounded<ActorSystem>();

        public RegionRef Region { get; } = new();

        public int Built { get; private set; }

        public bool IsOver { get; set; }

        public void Configure(AkkaConfigurationBuilder akka) => akka.AddStartup((system, _) =>
        {
            var number = ++Built;
            Region.LeadTo(system.ActorOf(Props.Create(() => new Echo($"heard in {number}"))));
            _built.Writer.TryWrite(system);
        });

        public async Task<ActorSystem> NextAsync() => await _built.Reader.ReadAsync().AsTask().WaitAsync(Patience);
    }

    private sealed class Echo : ReceiveActor
    {
        public Echo(string word) => Receive<string>(_ => Sender.Tell(word));
    }
}
