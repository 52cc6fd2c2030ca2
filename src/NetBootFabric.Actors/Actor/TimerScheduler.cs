namespace NetBootFabric.Actors.Actor;

/// <summary>
/// The timers of one incarnation, few enough for a list. A ring is looked at when its turn in the mailbox comes, and dropped if its timer was
/// cancelled meanwhile.
/// </summary>
internal sealed class TimerScheduler(ActorCell cell) : ITimerScheduler
{
    private Running? _first;

    public IReadOnlyCollection<object> ActiveTimers
    {
        get
        {
            var keys = new List<object>();
            for (var timer = _first; timer is not null; timer = timer.Next) keys.Add(timer.Key);
            return keys;
        }
    }

    public void StartPeriodicTimer(object key, object msg, TimeSpan interval) => Start(key, msg, interval, interval, cell.Self);

    public void StartPeriodicTimer(object key, object msg, TimeSpan interval, IActorRef sender) => Start(key, msg, interval, interval, sender);

    public void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval) => Start(key, msg, initialDelay, interval, cell.Self);

    public void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval, IActorRef sender) => Start(key, msg, initialDelay, interval, sender);

    public void StartSingleTimer(object key, object msg, TimeSpan timeout) => Start(key, msg, timeout, Timeout.InfiniteTimeSpan, cell.Self);

    public void StartSingleTimer(object key, object msg, TimeSpan timeout, IActorRef sender) => Start(key, msg, timeout, Timeout.InfiniteTimeSpan, sender);

    public bool IsTimerActive(object key) => Find(key) is not null;

    public void Cancel(object key)
    {
        if (Find(key) is { } timer) End(timer);
    }

    public void CancelAll()
    {
        while (_first is { } timer) End(timer);
    }

    /// <summary>The message of a timer that still runs; null when it was cancelled or replaced while its ring waited.</summary>
    public object? Take(Running timer)
    {
        if (!ReferenceEquals(Find(timer.Key), timer)) return null;
        if (!timer.Repeats) End(timer);
        return timer.Message;
    }

    private void Start(object key, object message, TimeSpan delay, TimeSpan interval, IActorRef sender)
    {
        Cancel(key);
        _first = new Running(cell, key, message, sender, interval != Timeout.InfiniteTimeSpan) { Next = _first };
        _first.Start(delay, interval);
    }

    private Running? Find(object key)
    {
        var timer = _first;
        while (timer is not null && !timer.Key.Equals(key)) timer = timer.Next;
        return timer;
    }

    private void End(Running timer)
    {
        timer.Dispose();
        if (ReferenceEquals(_first, timer))
        {
            _first = timer.Next;
            return;
        }
        var before = _first!;
        while (!ReferenceEquals(before.Next, timer)) before = before.Next!;
        before.Next = timer.Next;
    }

    /// <summary>A timer, and what its ring puts into the mailbox.</summary>
    internal sealed class Running(ActorCell cell, object key, object message, IActorRef sender, bool repeats) : INoSerializationVerificationNeeded, IDisposable
    {
        private ITimer? _timer;

        public Running? Next { get; set; }
        public object Key => key;
        public object Message => message;
        public bool Repeats => repeats;

        public void Start(TimeSpan delay, TimeSpan interval) =>
            _timer = cell.SystemImpl.TimeProvider.CreateTimer(static state => ((Running)state!).Ring(), this, delay, interval);

        public void Dispose() => _timer?.Dispose();

        private void Ring() => cell.Enqueue(this, sender);
    }
}
