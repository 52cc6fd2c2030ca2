namespace NetBootFabric.Actors.Pattern;

/// <summary>
/// Keeps one child running and forwards to it what it gets. A child that lived for the shortest pause at least counts as well again.
/// While there is no child, messages become dead letters.
/// </summary>
public sealed class BackoffSupervisor : ActorBase, IWithTimers
{
    private readonly BackoffOptions _options;
    private IActorRef? _child;
    private int _starts;

    internal BackoffSupervisor(BackoffOptions options) => _options = options;

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(BackoffOptions options) => Actor.Props.Of(() => new BackoffSupervisor(options));

    protected override void PreStart() => StartChild();

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case Step.Start: StartChild(); return true;
            case Step.Reset: _starts = 0; return true;
            case Terminated terminated when terminated.ActorRef.Equals(_child): Pause(); return true;
            case Terminated: return false;
            default:
                ((IActorRef?)_child ?? Context.System.DeadLetters).Tell(message, Sender);
                return true;
        }
    }

    private void StartChild()
    {
        _child = Context.Watch(Context.ActorOf(_options.ChildProps, _options.ChildName));
        Timers.StartSingleTimer(Step.Reset, Step.Reset, _options.MinBackoff);
    }

    private void Pause()
    {
        _child = null;
        Timers.Cancel(Step.Reset);
        if (_options.MaxNrOfRetries >= 0 && _starts >= _options.MaxNrOfRetries) Context.Stop(Self);
        else Timers.StartSingleTimer(Step.Start, Step.Start, _options.PauseAfter(_starts++));
    }

    private enum Step
    {
        Start,
        Reset,
    }
}
