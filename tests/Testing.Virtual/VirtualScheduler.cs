using Akka.Configuration;
using Akka.Dispatch;

namespace NetBootFabric.Testing.Virtual;

/// <summary>Named in <c>akka.scheduler.implementation</c>: Akka's timers by the clock of the node whose system is being made.</summary>
public sealed class VirtualScheduler : SchedulerBase
{
    /// <summary>Akka makes a scheduler of its settings alone, on the thread that makes the system.</summary>
    [ThreadStatic]
    private static SimulatedNode? s_node;

    private readonly SimulatedNode _node;

    public VirtualScheduler(Config config, ILoggingAdapter log) : base(config, log) =>
        _node = s_node ?? throw new InvalidOperationException($"A system in virtual time is made by {nameof(SimulatedNode)}.{nameof(SimulatedNode.CreateSystem)}");

    public override TimeSpan MonotonicClock => _node.Elapsed;

    public override TimeSpan HighResMonotonicClock => _node.Elapsed;

    protected override DateTimeOffset TimeNow => _node.TimeProvider.GetUtcNow();

    internal static ActorSystem Beside(SimulatedNode node, Func<ActorSystem> create)
    {
        s_node = node;
        try
        {
            return create();
        }
        finally
        {
            s_node = null;
        }
    }

    protected override void InternalScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Set(delay, Timeout.InfiniteTimeSpan, () => receiver.Tell(message, sender), cancelable);

    protected override void InternalScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Set(initialDelay, interval, () => receiver.Tell(message, sender), cancelable);

    protected override void InternalScheduleOnce(TimeSpan delay, Action action, ICancelable cancelable) => Set(delay, Timeout.InfiniteTimeSpan, action, cancelable);

    protected override void InternalScheduleOnce(TimeSpan delay, IRunnable action, ICancelable cancelable) => Set(delay, Timeout.InfiniteTimeSpan, action.Run, cancelable);

    protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable cancelable) =>
        Set(initialDelay, interval, action, cancelable);

    protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable cancelable) =>
        Set(initialDelay, interval, action.Run, cancelable);

    /// <summary>A cancelled timer is gone at once, so that what is left over can be seen.</summary>
    private void Set(TimeSpan delay, TimeSpan interval, Action run, ICancelable? cancelable)
    {
        if (cancelable?.IsCancellationRequested == true) return;
        var timer = _node.TimeProvider.CreateTimer(static run => ((Action)run!)(), run, delay < TimeSpan.Zero ? TimeSpan.Zero : delay, interval);
        _ = cancelable?.Token.Register(static timer => ((ITimer)timer!).Dispose(), timer);
    }
}
