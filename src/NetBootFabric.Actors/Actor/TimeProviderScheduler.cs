using System.Collections.Concurrent;

namespace NetBootFabric.Actors.Actor;

/// <summary>Schedules on the timers of a <see cref="TimeProvider"/>. Ends with its system.</summary>
internal sealed class TimeProviderScheduler(TimeProvider time, Action<Exception> failed) : IScheduler, IAdvancedScheduler, IDisposable
{
    private readonly long _start = time.GetTimestamp();
    private readonly ConcurrentDictionary<Entry, byte> _entries = new();
    private volatile bool _disposed;

    public IAdvancedScheduler Advanced => this;
    public DateTimeOffset Now => time.GetUtcNow();
    public TimeSpan MonotonicClock => time.GetElapsedTime(_start);
    public TimeSpan HighResMonotonicClock => MonotonicClock;

    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef? sender) =>
        ScheduleTellOnce(delay, receiver, message, sender, null);

    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef? sender, ICancelable? cancelable) =>
        ScheduleOnce(delay, () => receiver.Tell(message, sender), cancelable);

    public void ScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef? sender) =>
        ScheduleTellRepeatedly(initialDelay, interval, receiver, message, sender, null);

    public void ScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef? sender, ICancelable? cancelable) =>
        ScheduleRepeatedly(initialDelay, interval, () => receiver.Tell(message, sender), cancelable);

    public void ScheduleOnce(TimeSpan delay, Action action) => ScheduleOnce(delay, action, null);

    public void ScheduleOnce(TimeSpan delay, Action action, ICancelable? cancelable) =>
        Start(delay, Timeout.InfiniteTimeSpan, action, cancelable);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action) =>
        ScheduleRepeatedly(initialDelay, interval, action, null);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable? cancelable)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        Start(initialDelay, interval, action, cancelable);
    }

    public void Dispose()
    {
        _disposed = true;
        foreach (var entry in _entries.Keys) End(entry);
    }

    private void Start(TimeSpan delay, TimeSpan period, Action action, ICancelable? cancelable)
    {
        if (_disposed || cancelable is { IsCancellationRequested: true }) return;
        var entry = new Entry(this, action, period != Timeout.InfiniteTimeSpan);
        _entries[entry] = 0;
        entry.Timer = time.CreateTimer(static state => ((Entry)state!).Ring(), entry, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        if (cancelable is not null) entry.Registration = cancelable.Token.UnsafeRegister(static state => ((Entry)state!).End(), entry);
        entry.Timer.Change(delay < TimeSpan.Zero ? TimeSpan.Zero : delay, period);
        if (_disposed) End(entry);
    }

    private void End(Entry entry)
    {
        if (!_entries.TryRemove(entry, out _)) return;
        entry.Timer?.Dispose();
        entry.Registration.Unregister();
    }

    private sealed class Entry(TimeProviderScheduler scheduler, Action action, bool repeats)
    {
        public ITimer? Timer;
        public CancellationTokenRegistration Registration;

        public void End() => scheduler.End(this);

        public void Ring()
        {
            if (!scheduler._entries.ContainsKey(this)) return;
            if (!repeats) End();
            try
            {
                action();
            }
            catch (Exception failure)
            {
                scheduler.OnFailed(failure);
            }
        }
    }

    private void OnFailed(Exception failure) => failed(failure);
}
