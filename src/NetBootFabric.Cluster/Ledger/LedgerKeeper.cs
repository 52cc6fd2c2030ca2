using NetBootFabric.Boot.Clients;
using NetBootFabric.Cluster.Clients;

namespace NetBootFabric.Cluster.Ledger;

/// <summary>Starts the ledgers of this head node's shards, and again after a while those that ended by a failure.</summary>
internal sealed class LedgerKeeper : UntypedActor, IWithTimers
{
    private readonly ClientBoard _board;
    private readonly ClientClock _clock;
    private readonly LedgerPace _pace;
    private readonly TimeProvider _time;
    private readonly LedgerHealth _health;
    private readonly FormerBoots? _former;
    private readonly Dictionary<int, Entry> _open = [];

    /// <param name="former">History of earlier releases, which the ledgers take over; null: there is none.</param>
    public LedgerKeeper(ClientBoard board, ClientClock clock, LedgerPace pace, TimeProvider time, LedgerHealth health, FormerBoots? former) =>
        (_board, _clock, _pace, _time, _health, _former) = (board, clock, pace, time, health, former);

    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>Ledgers end by themselves when they fail; none is restarted with half of what it knew.</summary>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(static _ => Directive.Stop);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Open open: Begin(open); break;
            case ToWrite written: Pass(written); break;
            case LedgerRead read: OnRead(read); break;
            case LedgerWorks works: OnWorks(works.Shard); break;
            case LedgerFailed failed: OnFailed(failed); break;
            case Terminated ended: OnEnded(ended.ActorRef); break;
            case Again again: Start(again.Shard); break;
            case Close close: End(close); break;
            default: Unhandled(message); break;
        }
    }

    private void Begin(Open open)
    {
        if (!_open.TryGetValue(open.Shard, out var entry)) _open[open.Shard] = entry = new Entry();
        if (entry.Closing is not null)
        {
            entry.Reopened = open;
            return;
        }
        var self = Self;
        _board.Shard(open.Shard).PromptBy(() => self.Tell(new ToWrite(open.Shard), ActorRefs.NoSender));
        if (open.IsEmpty) _board.Shard(open.Shard).Adopt([]);
        entry.Opening.Add(open.Opened);
        if (_board.Shard(open.Shard).IsRead) Opened(open.Shard, entry);
        else Start(open.Shard);
    }

    private void Start(int shard)
    {
        if (!_open.TryGetValue(shard, out var entry) || entry.Actor is not null) return;
        var (records, pace, time) = (_board.Shard(shard), _pace, _time);
        entry.Actor = Context.ActorOf(Props.Create(() => new ShardLedger(shard, records, pace, time)));
        Context.Watch(entry.Actor);
    }

    /// <summary>A ledger of which nothing was ever written has no actor until now; one that failed waits for its time.</summary>
    private void Pass(ToWrite written)
    {
        if (!_open.TryGetValue(written.Shard, out var entry)) return;
        if (entry.Actor is null && entry.Failures == 0) Start(written.Shard);
        entry.Actor?.Tell(written, Self);
    }

    private void OnRead(LedgerRead read)
    {
        if (!_open.TryGetValue(read.Shard, out var entry)) return;
        OnWorks(read.Shard);
        var now = _time.GetUtcNow();
        foreach (var client in read.Awaited) _clock.Await(client.Mac, BootMachine.Deadline(client) ?? now, now);
        Opened(read.Shard, entry);
    }

    /// <summary>Known from the ledger: what an earlier release wrote comes with it, then clients may start.</summary>
    private void Opened(int shard, Entry entry)
    {
        if (_former is null)
        {
            entry.Answer();
            return;
        }
        List<TaskCompletionSource> opening = [.. entry.Opening];
        entry.Opening.Clear();
        _ = CarryAsync(_former, shard, opening);
    }

    /// <remarks>On no actor's thread: it waits for the database.</remarks>
    private static async Task CarryAsync(FormerBoots former, int shard, List<TaskCompletionSource> opening)
    {
        await former.CarryAsync(shard).ConfigureAwait(false);
        foreach (var opened in opening) opened.TrySetResult();
    }

    private void OnWorks(int shard)
    {
        if (_open.TryGetValue(shard, out var entry)) entry.Failures = 0;
        _health.Works(shard);
    }

    /// <summary>Its clients need not wait for it: they start with what is known.</summary>
    private void OnFailed(LedgerFailed failed)
    {
        if (!_open.TryGetValue(failed.Shard, out var entry)) return;
        entry.Failures++;
        _health.Fails(failed.Shard, failed.Reason);
        entry.Answer();
    }

    private void OnEnded(IActorRef actor)
    {
        foreach (var (shard, entry) in _open)
        {
            if (!actor.Equals(entry.Actor)) continue;
            entry.Actor = null;
            _board.Shard(shard).NotWritten();
            if (entry.Closing is { } closing) Forget(shard, closing);
            else Timers.StartSingleTimer(shard, new Again(shard), Backoff(entry.Failures));
            return;
        }
    }

    private TimeSpan Backoff(int failures)
    {
        var wait = _pace.Retry * Math.Pow(2, Math.Min(failures - 1, 10));
        return wait < _pace.LongestRetry ? wait : _pace.LongestRetry;
    }

    private void End(Close close)
    {
        if (!_open.TryGetValue(close.Shard, out var entry) || !close.Writes || entry.Actor is null)
        {
            Forget(close.Shard, close);
            return;
        }
        entry.Closing = close;
        entry.Actor.Tell(EndLedger.Instance, Self);
    }

    private void Forget(int shard, Close close)
    {
        if (_open.Remove(shard, out var entry))
        {
            entry.Answer();
            if (entry.Actor is { } actor) Context.Stop(actor);
        }
        _board.Shard(shard).PromptBy(null);
        if (close.Forgets) _board.Shard(shard).Clear();
        _health.Works(shard);
        close.Closed.TrySetResult();
        if (entry?.Reopened is { } again) Begin(again);
    }

    private sealed class Entry
    {
        public IActorRef? Actor { get; set; }
        public int Failures { get; set; }
        public List<TaskCompletionSource> Opening { get; } = [];
        public Close? Closing { get; set; }

        /// <summary>The shard came back before its ledger had ended.</summary>
        public Open? Reopened { get; set; }

        public void Answer()
        {
            foreach (var opened in Opening) opened.TrySetResult();
            Opening.Clear();
        }
    }

    /// <param name="IsEmpty">Nothing was ever written to it: there is nothing to read.</param>
    internal sealed record Open(int Shard, bool IsEmpty, TaskCompletionSource Opened);

    /// <param name="Writes">What is unwritten is written first.</param>
    /// <param name="Forgets">The clients are another head node's.</param>
    internal sealed record Close(int Shard, bool Writes, bool Forgets, TaskCompletionSource Closed);

    private sealed record Again(int Shard);
}
