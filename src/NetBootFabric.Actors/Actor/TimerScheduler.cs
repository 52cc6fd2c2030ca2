namespace NetBootFabric.Actors.Actor;

/// <summary>The timers of one incarnation. A timer's message is looked at when its turn comes, and dropped if the timer was cancelled meanwhile.</summary>
internal sealed class TimerScheduler(ActorCell cell) : ITimerScheduler
{
    private Dictionary<object, Running>? _timers;

    public IReadOnlyCollection<object> ActiveTimers => _timers is null ? [] : [.. _timers.Keys];

    public void StartPeriodicTimer(object key, object msg, TimeSpan interval) => Start(key, msg, interval, interval, cell.Self);

    public void StartPeriodicTimer(object key, object msg, TimeSpan interval, IActorRef sender) => Start(key, msg, interval, interval, sender);

    public void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval) => Start(key, msg, initialDelay, interval, cell.Self);

    public void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval, IActorRef sender) => Start(key, msg, initialDelay, interval, sender);

    public void StartSingleTimer(object key, object msg, TimeSpan timeout) => Start(key, msg, timeout, Timeout.InfiniteTimeSpan, cell.Self);

    public void StartSingleTimer(object key, object msg, TimeSpan timeout, IActorRef sender) => Start(key, msg, timeout, Timeout.InfiniteTimeSpan, sender);

    public bool IsTimerActive(object key) => _timers?.ContainsKey(key) == true;

    public void Cancel(object key)
    {
        if (_timers is not null && _timers.Remove(key, out var timer)) timer.Dispose();
    }

    public void CancelAll()
    {
        if (_timers is null) return;
        foreach (var timer in _timers.Values) timer.Dispose();
        _timers.Clear();
    }

    private void Start(object key, object message, TimeSpan delay, TimeSpan interval, IActorRef sender)
    {
        Cancel(key);
        (_timers ??= [])[key] = new Running(this, key, message, sender, delay, interval);
    }

    /// <summary>The message of a timer that still runs; null when it was cancelled or replaced while its ring waited in the mailbox.</summary>
    private object? Take(Running timer)
    {
        if (_timers?.GetValueOrDefault(timer.Key) != timer) return null;
        if (!timer.Repeats) Cancel(timer.Key);
        return timer.Message;
    }

    /// <summary>What a ring puts into the mailbox.</summary>
    internal sealed class Ring(TimerScheduler owner, Running timer) : INoSerializationVerificationNeeded
    {
        public object? Take(TimerScheduler? current) => ReferenceEquals(owner, current) ? owner.Take(timer) : null;
    }

    internal sealed class Running : IDisposable
    {
        private readonly ITimer _timer;

        public Running(TimerScheduler owner, object key, object message, IActorRef sender, TimeSpan delay, TimeSpan interval)
        {
            (Key, Message, Repeats) = (key, message, interval != Timeout.InfiniteTimeSpan);
            var ring = new Ring(owner, this);
            var cell = owner.Cell;
            _timer = cell.SystemImpl.TimeProvider.CreateTimer(_ => cell.Enqueue(ring, sender), null, delay, interval);
        }

        public object Key { get; }
        public object Message { get; }
        public bool Repeats { get; }

        public void Dispose() => _timer.Dispose();
    }

    private ActorCell Cell => cell;
}
