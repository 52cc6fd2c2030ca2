using NetBootFabric.Boot.Heads;
using NetBootFabric.Wire;

namespace NetBootFabric.Cluster.Heads;

/// <summary>
/// Holds the service addresses that are this head node's to hold. Looks again and again: renews what it holds, reads what the store has, and does what the
/// <see cref="ServicePlan"/> says. While the store does not answer it goes on renewing; when this node may hold nothing it releases everything at once.
/// </summary>
public sealed class ServiceAddressKeeper : UntypedActor, IWithTimers
{
    private readonly ServiceDuty _duty;
    private readonly HashSet<Ipv4Address> _held = [];
    private readonly HandBack _handBack;
    private readonly HashSet<IActorRef> _awaitEnd = [];
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private bool _declared, _ending, _ended, _again, _troubled;
    private long _tenure;
    private int _awaited; // answers of the store

    public ServiceAddressKeeper(ServiceDuty duty) => (_duty, _handBack) = (duty, new HandBack(duty));

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() => Timers.StartPeriodicTimer(nameof(LookNow), LookNow.Instance, TimeSpan.Zero, _duty.Every);

    protected override void PostStop() => ReleaseAll();

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case LookNow: Look(); break;
            case Declared declared: OnDeclared(declared); break;
            case RowsRead read: OnRead(read); break;
            case Taken taken: OnTaken(taken); break;
            case Given given: OnGiven(given); break;
            case GiveUpAddresses: GiveUp(); break;
            default: Unhandled(message); break;
        }
    }

    private void Look()
    {
        var tenure = _duty.Tenure();
        if (tenure != _tenure) ReleaseAll(); // fenced since: somebody else may have them
        _tenure = tenure;
        foreach (var address in _held) _duty.Holder.Renew(address);
        // A look while the store still answers the last one's questions is made up for when it has.
        if (_awaited > 0) _again = true;
        else Ask();
    }

    private void Ask()
    {
        _again = false;
        if (_declared || _ending) Read();
        else Await(self => _duty.Store.Declare(_duty.Self, _duty.Own, error => self.Tell(new Declared(error), ActorRefs.NoSender)));
    }

    private void OnDeclared(Declared declared)
    {
        _awaited--;
        Note(declared.Error);
        _declared = declared.Error is null;
        Read(); // what it said in an earlier life may stand there all the same
    }

    private void Read() => Await(self => _duty.Store.Read((rows, error) => self.Tell(new RowsRead(rows, error), ActorRefs.NoSender)));

    private void OnRead(RowsRead read)
    {
        _awaited--;
        Note(read.Error);
        _ended = _ending;
        if (read.Rows is not null && _duty.Tenure() != 0) Follow(ServicePlan.Make(read.Rows, _duty.Members(), _duty.Self));
        Settle();
    }

    /// <remarks>What was read may be old: an address is put up only once the store has agreed to it under the epoch that was read.</remarks>
    private void Follow(ServicePlan plan)
    {
        if (!_ending) plan = _handBack.Defer(plan, _held);
        // The store is the truth: what it has under another name is not held here, whatever we thought.
        foreach (var lost in _held.Where(address => !plan.Keep.Any(row => row.Address == address)).ToArray()) Release(lost);
        foreach (var row in plan.Keep)
        {
            if (_ending) Give(new ServiceHandOver(row, null, CanWait: false));
            else if (_held.Contains(row.Address)) Hold(row.Address);
            else Take(row); // given to us, or ours from before a restart: under a higher epoch, so that whoever still believes us dead comes too late
        }
        foreach (var handOver in plan.Give) Give(handOver);
        foreach (var row in plan.Take.Where(_ => !_ending)) Take(row);
    }

    private void Take(ServiceAddressRow row)
    {
        var tenure = _duty.Tenure();
        Await(self => _duty.Store.Hold(row.Address, _duty.Self, _duty.Self, row.Epoch, (done, error) => self.Tell(new Taken(row.Address, tenure, done, error), ActorRefs.NoSender)));
    }

    private void OnTaken(Taken taken)
    {
        _awaited--;
        Note(taken.Error);
        // Not sure, or no longer: the next read tells.
        if (taken is { Done: true, Error: null } && Holds(taken.Tenure) && !_ending) Hold(taken.Address);
        Settle();
    }

    /// <summary>Off the interface first, so that it is never on two.</summary>
    private void Give(ServiceHandOver handOver)
    {
        var tenure = _duty.Tenure();
        Release(handOver.Address);
        Await(self => _duty.Store.Hold(handOver.Address, _duty.Self, handOver.To, handOver.Row.Epoch, (_, error) => self.Tell(new Given(handOver.Address, tenure, error), ActorRefs.NoSender)));
    }

    private void OnGiven(Given given)
    {
        _awaited--;
        Note(given.Error);
        // Not known to be somebody else's: better held by us than by nobody while the store is away.
        if (given.Error is not null && Holds(given.Tenure) && !_ending) Hold(given.Address);
        Settle();
    }

    private void GiveUp()
    {
        (_ending, _ended) = (true, false);
        _awaitEnd.Add(Sender);
        Look();
    }

    /// <summary>When the store has answered all, the round is over.</summary>
    private void Settle()
    {
        if (_awaited > 0) return;
        if (_ended) End();
        if (_again) Ask();
    }

    private void End()
    {
        ReleaseAll();
        foreach (var waiting in _awaitEnd) waiting.Tell(AddressesGivenUp.Instance);
        _awaitEnd.Clear();
    }

    /// <summary>True when this node may hold addresses and was not fenced since.</summary>
    private bool Holds(long tenure) => tenure != 0 && _duty.Tenure() == tenure;

    private void Hold(Ipv4Address address)
    {
        if (_held.Add(address)) _log.Info("holds the service address {0}", address);
        _duty.Holder.Renew(address);
    }

    private void Release(Ipv4Address address)
    {
        if (!_held.Remove(address)) return;
        _log.Info("releases the service address {0}", address);
        _duty.Holder.Release(address);
    }

    private void ReleaseAll()
    {
        foreach (var address in _held.ToArray()) Release(address);
    }

    private void Await(Action<IActorRef> ask)
    {
        _awaited++;
        ask(Self);
    }

    private void Note(Exception? error)
    {
        if (error is not null && !_troubled) _log.Warning("the store of service addresses fails; what is held is held on: {0}", error.Message);
        _troubled = error is not null;
    }

    private sealed record Declared(Exception? Error);

    private sealed record RowsRead(IReadOnlyList<ServiceAddressRow>? Rows, Exception? Error);

    private sealed record Taken(Ipv4Address Address, long Tenure, bool Done, Exception? Error);

    private sealed record Given(Ipv4Address Address, long Tenure, Exception? Error);
}
