namespace NetBootFabric.Actors.Actor;

/// <summary>Treats the failed child alone. A child that fails more often than allowed within the time range is stopped.</summary>
public class OneForOneStrategy : SupervisorStrategy
{
    private readonly IDecider _decider;

    /// <param name="maxNrOfRetries">Restarts allowed; -1 or null: any number.</param>
    /// <param name="withinTimeMilliseconds">The range they are counted in; -1: for ever.</param>
    public OneForOneStrategy(int maxNrOfRetries, int withinTimeMilliseconds, IDecider decider, bool loggingEnabled = true)
    {
        MaxNumberOfRetries = maxNrOfRetries;
        WithinTimeRangeMilliseconds = withinTimeMilliseconds;
        _decider = decider;
        LoggingEnabled = loggingEnabled;
    }

    public OneForOneStrategy(int maxNrOfRetries, int withinTimeMilliseconds, Func<Exception, Directive> localOnlyDecider, bool loggingEnabled = true)
        : this(maxNrOfRetries, withinTimeMilliseconds, Actor.Decider.From(localOnlyDecider), loggingEnabled) { }

    public OneForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, IDecider decider)
        : this(maxNrOfRetries ?? -1, withinTimeRange is { } range ? (int)range.TotalMilliseconds : -1, decider) { }

    public OneForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, Func<Exception, Directive> localOnlyDecider)
        : this(maxNrOfRetries, withinTimeRange, Actor.Decider.From(localOnlyDecider)) { }

    public OneForOneStrategy(Func<Exception, Directive> localOnlyDecider, bool loggingEnabled)
        : this(-1, -1, localOnlyDecider, loggingEnabled) { }

    public OneForOneStrategy(Func<Exception, Directive> localOnlyDecider) : this(-1, -1, localOnlyDecider) { }

    public OneForOneStrategy(IDecider decider) : this(-1, -1, decider) { }

    protected OneForOneStrategy() : this(DefaultDecider) { }

    public int MaxNumberOfRetries { get; }
    public int WithinTimeRangeMilliseconds { get; }
    public override IDecider Decider => _decider;

    public OneForOneStrategy WithMaxNrOfRetries(int maxNrOfRetries) => new(maxNrOfRetries, WithinTimeRangeMilliseconds, _decider, LoggingEnabled);

    protected override Directive Handle(IActorRef child, Exception exception) => _decider.Decide(exception);

    internal override void ProcessFailure(ActorCell supervisor, bool restart, LocalActorRef child, Exception cause)
    {
        if (restart && MayRestart(child.Cell)) child.SendSystemMessage(new Recreate(cause));
        else supervisor.Stop(child);
    }

    private bool MayRestart(ActorCell child)
    {
        if (MaxNumberOfRetries == 0) return false;
        var time = child.SystemImpl.TimeProvider;
        if (WithinTimeRangeMilliseconds > 0 && MaxNumberOfRetries < 0) return true;
        if (WithinTimeRangeMilliseconds > 0 && (child.Restarts == 0 || time.GetElapsedTime(child.RestartWindowStart).TotalMilliseconds > WithinTimeRangeMilliseconds))
        {
            child.RestartWindowStart = time.GetTimestamp();
            child.Restarts = 1;
            return true;
        }
        child.Restarts++;
        return MaxNumberOfRetries < 0 || child.Restarts <= MaxNumberOfRetries;
    }
}
