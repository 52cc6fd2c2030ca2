using NetBootFabric.Boot.Clients;
using NetBootFabric.Boot.Leases;
using NetBootFabric.Cluster.Clients;

namespace NetBootFabric.Cluster.Heads;

/// <summary>
/// Speaks with the other head nodes: tells them what this one is and which leases it gave, hears the same from them, and answers their operators' questions. What is lost on the way is
/// told again, or read from the store when it matters.
/// </summary>
public sealed class HeadPeers : ReceiveActor, IWithTimers
{
    public const string Name = "heads";

    private static readonly TimeSpan FactsInterval = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan PhaseInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>News that a broken link lost are read from the store.</summary>
    private static readonly TimeSpan RereadInterval = TimeSpan.FromSeconds(30);

    /// <summary>News gather for so long: a storm's leases then go in some frames, not in thousands.</summary>
    private static readonly TimeSpan GatherTime = TimeSpan.FromMilliseconds(5);
    private const int MostInBulletin = 512;

    private readonly HeadServices _services;
    private readonly List<LeaseNews> _news = [];
    private readonly PhaseFollowers _followers;
    private IDisposable? _following;
    private readonly IActorRef _self;

    public HeadPeers(HeadServices services)
    {
        _services = services;
        _self = Self;
        _followers = new PhaseFollowers(services.Time, services.Describe);
        Receive<HeadFacts>(Hear);
        Receive<LeaseBulletin>(bulletin => Learn(bulletin));
        Receive<LeaseNews>(Gather);
        Receive<TellFacts>(_ => TellEverybody(OwnFacts()));
        Receive<TellPhases>(_ => ExchangePhases());
        Receive<FollowPhases>(_ => _followers.Follow(Sender));
        Receive<PhaseBulletin>(services.Phases.Hear);
        Receive<TellNews>(_ => Publish());
        Receive<ReadAgain>(_ => _services.Reread());
        ReceiveAsync<HeadQuestion>(AnswerAsync);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        _services.Replica.Changed += Pass;
        Timers.StartPeriodicTimer(nameof(TellFacts), TellFacts.Instance, TimeSpan.Zero, FactsInterval);
        Timers.StartPeriodicTimer(nameof(TellPhases), TellPhases.Instance, PhaseInterval);
        _following = _services.Clients.Follow(_followers.Enter);
        Timers.StartPeriodicTimer(nameof(ReadAgain), ReadAgain.Instance, RereadInterval);
    }

    protected override void PostStop()
    {
        _services.Replica.Changed -= Pass;
        _following?.Dispose();
    }

    private void Hear(HeadFacts facts)
    {
        _services.Board.Hear(facts);
        _services.Board.SetLive(_services.Membership.Live);
    }

    private void Learn(LeaseBulletin bulletin)
    {
        foreach (var news in bulletin.News) _services.Replica.Learn(news);
    }

    /// <summary>On the store's thread.</summary>
    private void Pass(LeaseNews news) => _self.Tell(news, ActorRefs.NoSender);

    private void Gather(LeaseNews news)
    {
        _news.Add(news);
        if (_news.Count >= MostInBulletin) Publish();
        else if (_news.Count == 1) Timers.StartSingleTimer(nameof(TellNews), TellNews.Instance, GatherTime);
    }

    private void Publish()
    {
        if (_news.Count == 0) return;
        TellEverybody(new LeaseBulletin([.. _news]));
        _news.Clear();
    }

    private HeadFacts OwnFacts()
    {
        var facts = _services.Facts();
        Hear(facts);
        return facts;
    }

    private void TellEverybody(object message)
    {
        foreach (var address in _services.Membership.Others) Context.ActorSelection($"{address}/user/{Name}").Tell(message, Self);
    }

    private void ExchangePhases()
    {
        if (_services.Phases.HasReaders) TellEverybody(FollowPhases.Instance);
        _followers.Tell(Self);
    }

    private async Task AnswerAsync(HeadQuestion question)
    {
        var asker = Sender;
        asker.Tell(await _services.Answer(question.Path), Self);
    }

    private sealed record TellFacts
    {
        public static TellFacts Instance { get; } = new();
    }

    private sealed record ReadAgain
    {
        public static ReadAgain Instance { get; } = new();
    }

    private sealed record TellPhases
    {
        public static TellPhases Instance { get; } = new();
    }

    private sealed record TellNews
    {
        public static TellNews Instance { get; } = new();
    }
}

/// <summary>What <see cref="HeadPeers"/> uses of its head node.</summary>
public sealed record HeadServices
{
    public required FabricMembership Membership { get; init; }
    public required HeadBoard Board { get; init; }
    public required ILeaseReplica Replica { get; init; }

    public required ClientBoard Clients { get; init; }
    public required PhaseExchange Phases { get; init; }
    public required TimeProvider Time { get; init; }

    /// <summary>A client's state as an event of the admin API's stream.</summary>
    public required Func<ClientState, string> Describe { get; init; }

    /// <summary>What to tell of this head node now.</summary>
    public required Func<HeadFacts> Facts { get; init; }

    /// <summary>Reads the leases of the others' clients from the store.</summary>
    public required Action Reread { get; init; }

    /// <summary>Answers a question about this head node alone.</summary>
    public required Func<string, Task<HeadAnswer>> Answer { get; init; }
}
