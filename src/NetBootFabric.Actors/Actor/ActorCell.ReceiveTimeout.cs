namespace NetBootFabric.Actors.Actor;

internal sealed partial class ActorCell
{
    private ReceiveTimeoutClock? _receiveTimeout;

    public TimeSpan? ReceiveTimeout => _receiveTimeout?.After;

    public void SetReceiveTimeout(TimeSpan? timeout)
    {
        CancelReceiveTimeout();
        if (timeout is { } after && after > TimeSpan.Zero) _receiveTimeout = new ReceiveTimeoutClock(this, after);
    }

    private void NoteActivity(object message)
    {
        if (_receiveTimeout is not null && message is not INotInfluenceReceiveTimeout) _receiveTimeout.Touch();
    }

    private void CancelReceiveTimeout()
    {
        _receiveTimeout?.Dispose();
        _receiveTimeout = null;
    }

    /// <summary>One timer that is set anew only when it rings: a message costs a timestamp, not a timer.</summary>
    private sealed class ReceiveTimeoutClock : IDisposable
    {
        private readonly ActorCell _cell;
        private readonly TimeProvider _time;
        private readonly ITimer _timer;
        private long _last;

        public ReceiveTimeoutClock(ActorCell cell, TimeSpan after)
        {
            (_cell, After, _time) = (cell, after, cell.SystemImpl.TimeProvider);
            _last = _time.GetTimestamp();
            _timer = _time.CreateTimer(static state => ((ReceiveTimeoutClock)state!).Ring(), this, after, Timeout.InfiniteTimeSpan);
        }

        public TimeSpan After { get; }

        public void Touch() => _last = _time.GetTimestamp();

        public void Dispose() => _timer.Dispose();

        private void Ring() => _cell.Enqueue(new Continuation(_ => Check(), null, _cell._actor, waitsForPause: true));

        private void Check()
        {
            if (!ReferenceEquals(_cell._receiveTimeout, this)) return;
            var left = After - _time.GetElapsedTime(_last);
            if (left <= TimeSpan.Zero)
            {
                _cell.Self.Tell(Actors.Actor.ReceiveTimeout.Instance, _cell.Self);
                left = After;
            }
            _timer.Change(left, Timeout.InfiniteTimeSpan);
        }
    }
}
