using NetBootFabric.Boot.Clients;
using NetBootFabric.Boot.Leases;
using NetBootFabric.Boot.Transfers;
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
    private readonly RecentQuarantines _quarantines = new(RereadInterval);
    private readonly List<TransferLine> _lines = [];

    /// <summary>Who was told which transfers run here.</summary>
    private HashSet<string> _told = [];
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
        Receive<TransferBulletin>(bulletin => Learn(bulletin));
        Receive<TransferChange>(Gather);
        Receive<TellFacts>(_ => Introduce());
        Receive<TellPhases>(_ => ExchangePhases());
        Receive<FollowPhases>(_ => _followers.Follow(Sender));
        Receive<PhaseBulletin>(services.Phases.Hear);
        Receive<TellNews>(_ => Publish());
        Receive<CatalogCommitted>(done => TellEverybody(new CatalogChanged(done.Revision)));
        Receive<CatalogChanged>(changed => _services.CatalogAt(changed.Revision));
        Receive<ReadAgain>(_ => _services.Reread());
        ReceiveAsync<HeadQuestion>(AnswerAsync);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        _services.Replica.Changed += Pass;
        _services.Transfers.Changed += Pass;
        Timers.StartPeriodicTimer(nameof(TellFacts), TellFacts.Instance, TimeSpan.Zero, FactsInterval);
        Timers.StartPeriodicTimer(nameof(TellPhases), TellPhases.Instance, PhaseInterval);
        _following = _services.Clients.Follow(_followers.Enter);
        Timers.StartPeriodicTimer(nameof(ReadAgain), ReadAgain.Instance, RereadInterval);
    }

    protected override void PostStop()
    {
        _services.Replica.Changed -= Pass;
        _services.Transfers.Changed -= Pass;
        _following?.Dispose();
    }

    private void Hear(HeadFacts facts)
    {
        _services.Board.Hear(facts);
        _services.Board.SetLive(_services.Membership.Live);
        _services.CatalogAt(facts.CatalogRevision);
    }

    private void Learn(LeaseBulletin bulletin)
    {
        foreach (var news in bulletin.News) _services.Replica.Learn(news);
    }

    /// <summary>On the store's thread.</summary>
    private void Pass(LeaseNews news) => _self.Tell(news, ActorRefs.NoSender);

    private void Learn(TransferBulletin bulletin)
    {
        foreach (var line in bulletin.Lines)
            if (line.Change is { } change) _services.Transfers.Apply(change);
    }

    /// <summary>On a thread that serves.</summary>
    private void Pass(TransferChange change) => _self.Tell(change, ActorRefs.NoSender);

    private void Gather(LeaseNews news)
    {
        _news.Add(news);
        _quarantines.Note(news, _services.Time.GetUtcNow());
        PublishSoon();
    }

    private void Gather(TransferChange change)
    {
        _lines.Add(TransferLine.Of(change));
        PublishSoon();
    }

    private void PublishSoon()
    {
        var waiting = _news.Count + _lines.Count;
        if (waiting >= MostInBulletin) Publish();
        else if (waiting == 1) Timers.StartSingleTimer(nameof(TellNews), TellNews.Instance, GatherTime);
    }

    private void Publish()
    {
        if (_news.Count > 0) TellEverybody(new LeaseBulletin([.. _news]));
        if (_lines.Count > 0) TellEverybody(new TransferBulletin([.. _lines]));
        _news.Clear();
        _lines.Clear();
    }

    private void Introduce()
    {
        TellEverybody(OwnFacts());
        if (_quarantines.At(_services.Time.GetUtcNow()) is { IsEmpty: false } recent) TellEverybody(new LeaseBulletin(recent));
        var others = _services.Membership.Others.ToHashSet();
        if (others.Any(other => !_told.Contains(other))) TellAllTransfers(others.Except(_told));
        _told = others;
    }

    /// <summary>To who has just come: it may have to go on with them.</summary>
    private void TellAllTransfers(IEnumerable<string> newcomers)
    {
        var own = _services.Transfers.All.Where(transfer => transfer.Node == _services.Name).Select(transfer => new TransferLine { Opened = transfer }).ToList();
        foreach (var newcomer in newcomers)
            foreach (var part in own.Chunk(MostInBulletin)) Context.ActorSelection($"{newcomer}/user/{Name}").Tell(new TransferBulletin([.. part]), Self);
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
    public required TransferLedger Transfers { get; init; }

    /// <summary>This head node's.</summary>
    public required string Name { get; init; }

    public required ClientBoard Clients { get; init; }
    public required PhaseExchange Phases { get; init; }
    public required TimeProvider Time { get; init; }

    /// <summary>A client's state as an event of the admin API's stream.</summary>
    public required Func<ClientState, string> Describe { get; init; }

    /// <summary>What to tell of this head node now.</summary>
    public required Func<HeadFacts> Facts { get; init; }

    /// <summary>Reads the leases of the others' clients from the store.</summary>
    public required Action Reread { get; init; }

    /// <summary>Told which revision of nodes, groups and profiles somebody knows; comes back at once.</summary>
    public Action<long> CatalogAt { get; init; } = static _ => { };

    /// <summary>Answers a question about this head node alone.</summary>
    public required Func<string, Task<HeadAnswer>> Answer { get; init; }
}
