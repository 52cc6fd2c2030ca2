using NetBootFabric.Boot.Clients;
using NetBootFabric.Cluster.Clients;
using NetBootFabric.Cluster.Messages;

namespace NetBootFabric.Cluster.Ledger;

/// <summary>
/// The ledgers of a head node: what is remembered of its clients' boots, by shard. A shard's ledger is opened before its clients start, so that they know what they were, and closed when
/// the shard goes. Thread-safe.
/// </summary>
/// <param name="clock">Told of the clients whose boot was going on.</param>
/// <param name="history">What releases before the ledgers stored, which is carried over into them; null: nothing.</param>
public sealed class Ledgers(ClientBoard board, ClientClock clock, TimeProvider time, LedgerPace? pace = null, IFormerHistory? history = null)
{
    /// <summary>A client is better served without its history than late.</summary>
    private static readonly TimeSpan OpenTime = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan CloseTime = TimeSpan.FromSeconds(2);

    private readonly LedgerPace _pace = pace ?? LedgerPace.Default;
    private volatile IActorRef _keeper = ActorRefs.Nobody;
    private LedgerHealth? _health;

    /// <summary>Before anything else, and again when the actor system was built anew: the shards, and with them what is known of their clients, went with the one before.</summary>
    public void Start(ActorSystem system)
    {
        if (!_keeper.IsNobody())
            for (var shard = 0; shard < ClientMessageExtractor.ShardCount; shard++) board.Shard(shard).Clear();
        var health = _health = new LedgerHealth(time, () => HealthChanged?.Invoke(Status));
        var (known, dues, kept, now, former) = (board, clock, _pace, time, history is null ? null : new FormerBoots(history, board, clock, time, sum => CarriedOver?.Invoke(sum)));
        _keeper = system.ActorOf(Props.Create(() => new LedgerKeeper(known, dues, kept, now, health, former)), "ledgers");
    }

    /// <summary>History can't be read or written any more, or can again. Boots go on without.</summary>
    public event Action<LedgerStatus>? HealthChanged;

    /// <summary>An earlier release's history was carried over, or some of it could not be read.</summary>
    public event Action<CarriedOver>? CarriedOver;

    public LedgerStatus Status => new(_health?.FailingSince, _health?.LastFailure, Enumerable.Range(0, ClientMessageExtractor.ShardCount).Sum(shard => board.Shard(shard).Unwritten));

    /// <summary>
    /// Starts the shard's ledger. Completes once its clients are on the board, or it can't be read, or patience is over; never fails. What can't be read now is read later, and what came
    /// of its clients meanwhile then follows it; until it is read, nothing is written to it.
    /// </summary>
    public Task OpenAsync(int shard) => OpenAsync(shard, isEmpty: false);

    /// <summary>As <see cref="OpenAsync(int)"/>, for a head node that is alone.</summary>
    /// <param name="written">The persistence ids of which something was ever written; null: not known. The other ledgers need no recovery.</param>
    public Task OpenAllAsync(IEnumerable<string>? written = null)
    {
        var known = written?.Select(id => IsLedger(id, out var shard) ? shard : -1).ToHashSet();
        return Task.WhenAll(Enumerable.Range(0, ClientMessageExtractor.ShardCount).Select(shard => OpenAsync(shard, isEmpty: known?.Contains(shard) == false)));
    }

    /// <summary>The shard is given to another head node: what is unwritten is written, within a bounded time, then its clients are forgotten here.</summary>
    public Task CloseAsync(int shard) => CloseAsync(shard, writes: true, forgets: true);

    /// <summary>The shard is another head node's already: nothing is written to its ledger any more, its clients are forgotten here.</summary>
    public void Drop(int shard) => _ = CloseAsync(shard, writes: false, forgets: true);

    /// <summary>At the end of the process: everything is written, within a bounded time.</summary>
    public Task CloseAllAsync() => Task.WhenAll(Enumerable.Range(0, ClientMessageExtractor.ShardCount).Select(shard => CloseAsync(shard, writes: true, forgets: false)));

    /// <summary>Whether a persistence id is a ledger's, and of which shard.</summary>
    private static bool IsLedger(string persistenceId, out int shard)
    {
        const string prefix = "ledger-";
        shard = -1;
        return persistenceId.StartsWith(prefix, StringComparison.Ordinal) && int.TryParse(persistenceId.AsSpan(prefix.Length), out shard) && shard is >= 0 and < ClientMessageExtractor.ShardCount;
    }

    private Task OpenAsync(int shard, bool isEmpty)
    {
        var opened = new TaskCompletionSource();
        _keeper.Tell(new LedgerKeeper.Open(shard, isEmpty, opened), ActorRefs.NoSender);
        return Patiently(opened.Task, OpenTime);
    }

    private Task CloseAsync(int shard, bool writes, bool forgets)
    {
        var closed = new TaskCompletionSource();
        _keeper.Tell(new LedgerKeeper.Close(shard, writes, forgets, closed), ActorRefs.NoSender);
        return Patiently(closed.Task, CloseTime);
    }

    private async Task Patiently(Task task, TimeSpan patience)
    {
        try
        {
            await task.WaitAsync(patience, time);
        }
        catch (TimeoutException)
        {
            // It goes on by itself.
        }
    }
}
