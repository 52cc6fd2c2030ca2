namespace NetBootFabric.Actors.Actor;

/// <summary>
/// The life of one actor: its mailbox, its place in the tree and the instance of the moment. Everything here but Enqueue runs in the actor,
/// on one thread at a time.
/// </summary>
internal sealed partial class ActorCell(ActorSystemImpl system, LocalActorRef self, Props props, InternalActorRef parent) : IUntypedActorContext, IThreadPoolWorkItem
{
    [ThreadStatic]
    private static ActorCell? s_current;

    private ActorBase? _actor;
    private Receive? _behavior;
    private Stack<Receive>? _outerBehaviors;
    private Mail? _mail;
    private TimerScheduler? _timers;
    private StashBox? _stash;

    /// <summary>The actor that runs on this thread.</summary>
    public static ActorCell? Current => s_current;

    /// <summary>Makes the cell this thread's, for tests that send on behalf of their test actor; gives the one before.</summary>
    public static ActorCell? SetCurrent(ActorCell? cell)
    {
        var before = s_current;
        s_current = cell;
        return before;
    }

    public static ActorCell Running => s_current ?? throw new NotSupportedException("There is no active actor context");

    public ActorSystemImpl SystemImpl => system;
    public ActorSystem System => system;
    public IActorRef Self => self;
    public LocalActorRef SelfRef => self;
    public Props Props => props;
    public IActorRef Parent => parent;
    public InternalActorRef ParentRef => parent;
    public MessageDispatcher Dispatcher => system.Dispatcher;
    public IActorRef Sender => _mail?.Sender ?? system.DeadLetters;
    public ActorBase? Actor => _actor;

    public ActorSelection ActorSelection(ActorPath actorPath) => system.ActorSelection(actorPath);

    public ActorSelection ActorSelection(string actorPath) => system.Select(self, actorPath);

    public void Become(Receive receive) => _behavior = receive;

    public void BecomeStacked(Receive receive)
    {
        (_outerBehaviors ??= new()).Push(_behavior!);
        _behavior = receive;
    }

    public void UnbecomeStacked()
    {
        if (_outerBehaviors is { Count: > 0 } outer) _behavior = outer.Pop();
    }

    public void Become(UntypedReceive receive) => Become(Wrap(receive));

    public void BecomeStacked(UntypedReceive receive) => BecomeStacked(Wrap(receive));

    private static Receive Wrap(UntypedReceive receive) => message =>
    {
        receive(message);
        return true;
    };

    private void Receive(Mail mail)
    {
        _mail = mail;
        if (mail.Message is TimerScheduler.Running timer)
        {
            if (_timers?.Take(timer) is { } timed) Receive(new Mail(timed, mail.Sender));
        }
        else if (mail.Message is IAutoReceivedMessage auto) ReceiveAutomatically(auto);
        else _actor!.InvokeAroundReceive(_behavior!, mail.Message);
    }

    private void ReceiveAutomatically(IAutoReceivedMessage message)
    {
        switch (message)
        {
            case PoisonPill: Stop(self); break;
            case Kill: throw new ActorKilledException("Kill");
            case Identify identify: Sender.Tell(new ActorIdentity(identify.MessageId, self), self); break;
            case Terminated terminated: ReceiveTerminated(terminated); break;
            default: _actor!.InvokeAroundReceive(_behavior!, message); break;
        }
    }

    private void MakeInstance()
    {
        _behavior = null;
        _outerBehaviors = null;
        var instance = props.NewActor();
        _actor = instance;
        var initial = instance.InitialBehavior();
        _behavior ??= initial;
        if (instance is IWithTimers timed) timed.Timers = _timers = new TimerScheduler(this);
        if (instance is IWithUnrestrictedStash stashing and not Persistence.Eventsourced) stashing.Stash = OwnStash;
    }

    /// <summary>Of the instance of the moment.</summary>
    public IStash OwnStash => _stash ??= new StashBox(this, props.StashCapacity > 0 ? props.StashCapacity : system.Setup.StashCapacity);
}
