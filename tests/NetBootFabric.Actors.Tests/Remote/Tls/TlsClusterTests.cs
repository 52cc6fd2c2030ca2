using NetBootFabric.Actors.Cluster;
using NetBootFabric.Actors.Remote.Tls;
using NetBootFabric.Boot.Membership;
using NetBootFabric.Testing.Membership;

namespace NetBootFabric.Actors.Tests.Remote.Tls;

/// <summary>Whole systems over real links, on real threads and the real clock.</summary>
public sealed class TlsClusterTests : IDisposable
{
    private readonly InMemoryClusterStore _store = new(TimeProvider.System);
    private readonly List<IDisposable> _made = [];

    [Fact]
    public async Task Members_ask_each_other_and_one_that_starts_anew_is_let_in_with_its_new_certificate()
    {
        var (a, b, c) = (Start("a"), Start("b"), Start("c"));
        ActorSystem[] all = [a, b, c];
        foreach (var asker in all)
            foreach (var asked in all)
                Assert.Equal(NameOf(asked), await Ask(asker, asked));

        await b.Terminate();
        var again = Start("b");
        Assert.Equal("b", await Ask(a, again));
        Assert.Equal("c", await Ask(again, c));
    }

    public void Dispose()
    {
        for (var i = _made.Count - 1; i >= 0; i--) _made[i].Dispose();
    }

    /// <summary>The first question may come before the members know each other.</summary>
    private static async Task<string> Ask(ActorSystem asker, ActorSystem asked)
    {
        using var limit = new CancellationTokenSource(LinkNode.Patience);
        while (true)
        {
            limit.Token.ThrowIfCancellationRequested();
            try
            {
                return await asker.ActorSelection($"{Actors.Cluster.Cluster.Get(asked).SelfAddress}/user/namer").Ask<string>("who?", TimeSpan.FromMilliseconds(500));
            }
            catch (AskTimeoutException)
            {
            }
        }
    }

    private static string NameOf(ActorSystem system) => Actors.Cluster.Cluster.Get(system).SelfName!;

    private ActorSystem Start(string name)
    {
        var certificate = NodeCertificate.Create(name, TimeProvider.System);
        var transport = new TlsTransport(new TlsTransportOptions { Name = name, Listen = "127.0.0.1:0", Certificate = certificate });
        var system = ActorSystem.Create("fabric", new EmbeddedSetup
        {
            Cluster = new ClusterSetup
            {
                Store = _store.Connect(),
                Transport = transport,
                Identity = new MemberIdentity(name, transport.Endpoint.ToString(), certificate.Fingerprint, 100, []),
                DeadAfter = TimeSpan.FromSeconds(30), // a busy machine is not the point here
            },
        });
        _made.AddRange([certificate, system]);
        system.ActorOf(Props.Create(() => new Inline((context, _) => context.Sender.Tell(name))), "namer");
        var cluster = Actors.Cluster.Cluster.Get(system);
        cluster.Join(cluster.SelfAddress);
        return system;
    }
}
