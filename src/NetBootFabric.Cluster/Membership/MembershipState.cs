using NetBootFabric.Boot.Membership;
using NetBootFabric.Cluster.Messages;

namespace NetBootFabric.Cluster.Membership;

/// <summary>
/// What this node knows of the members, and which shards it owns under which epoch: written by the <see cref="MembershipKeeper"/>, read by everybody. The store's table is the
/// truth; what is known of it here is good for a part of the time after which others may fence this node, so that a node that was paused or cut off finds by itself that it
/// owns nothing. Thread-safe.
/// </summary>
internal sealed class MembershipState(MembershipSetup setup)
{
    private const long NotOwned = -1;

    private readonly long[] _epochs = [.. Enumerable.Repeat(NotOwned, ClientMessageExtractor.ShardCount)];
    private readonly TaskCompletionSource _up = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile TaskCompletionSource<IActorRef> _keeper = NoKeeper();
    private volatile IReadOnlyList<MemberRow> _members = [];
    private volatile IReadOnlyList<ShardRow> _table = [];
    private long _validUntil = long.MinValue;
    private long _incarnation;
    private volatile int _contact;

    public MembershipSetup Setup => setup;

    /// <summary>As the last beat that was answered found them, fenced and gone ones too.</summary>
    public IReadOnlyList<MemberRow> Members
    {
        get => _members;
        set => _members = value;
    }

    /// <summary>All shards that ever had an owner, as last read.</summary>
    public IReadOnlyList<ShardRow> Table
    {
        get => _table;
        set => _table = value;
    }

    /// <summary>0: not joined.</summary>
    public long Incarnation
    {
        get => Interlocked.Read(ref _incarnation);
        set => Interlocked.Exchange(ref _incarnation, value);
    }

    /// <summary>What is known is good until that timestamp.</summary>
    public long ValidUntil
    {
        get => Interlocked.Read(ref _validUntil);
        set => Interlocked.Exchange(ref _validUntil, value);
    }

    /// <summary>False: what was owned is not, until a beat is accepted.</summary>
    public bool IsCurrent => setup.Time.GetTimestamp() < ValidUntil;

    public StoreContact Contact
    {
        get => (StoreContact)_contact is var contact and (StoreContact.Current or StoreContact.DownForAll) && !IsCurrent ? StoreContact.CutOff : (StoreContact)_contact;
        set => _contact = (int)value;
    }

    /// <summary>Completes once this member is up.</summary>
    public Task Up => _up.Task;

    /// <summary>This node is leaving, by its own will.</summary>
    public volatile bool Leaves;

    /// <summary>Completes once this member has left.</summary>
    public Task Left => _left.Task;

    /// <summary>Completes once the present actor system has one.</summary>
    public Task<IActorRef> Keeper => _keeper.Task;

    /// <summary>Where a listener's failure is told.</summary>
    public ILoggingAdapter Log { private get; set; } = NoLogger.Instance;

    /// <summary>Raised in the keeper when shards became this node's, before any message reaches an entity of them: all of them, and those that nobody who lives has handed over.</summary>
    public event Action<IReadOnlyList<int>, IReadOnlyList<int>>? Taken;

    /// <summary>Raised in the keeper when shards ceased to be this node's.</summary>
    public event Action<IReadOnlyList<int>>? Lost;

    /// <summary>Raised in the keeper for shards that have no owner and are to be this node's: they wait for somebody to start them.</summary>
    public event Action<IReadOnlyList<int>>? Wanted;

    /// <summary>Raised in the keeper after each accepted beat.</summary>
    public event Action? Beaten;

    /// <summary>Raised in the keeper when members came, went or changed.</summary>
    public event Action? Changed;

    /// <summary>Called in the keeper with shards that became this node's: they are served once the action is called, on any thread, or after a while.</summary>
    public Action<IReadOnlyList<int>, Action>? Prepare { get; set; }

    /// <summary>Called in the keeper with a shard that has stopped here: it is given back once the action is called, on any thread, or after a while. Not called when it is lost.</summary>
    public Action<int, Action>? Close { get; set; }

    /// <summary>-1: not owned.</summary>
    public long EpochOf(int shard)
    {
        var epoch = (uint)shard < (uint)_epochs.Length ? Volatile.Read(ref _epochs[shard]) : NotOwned;
        return epoch < 0 || IsCurrent ? epoch : NotOwned;
    }

    public bool Owns(int shard) => EpochOf(shard) >= 0;

    public void Own(int shard, long epoch) => Volatile.Write(ref _epochs[shard], epoch);

    public void Disown(int shard) => Volatile.Write(ref _epochs[shard], NotOwned);

    public void NoteKeeper(IActorRef keeper) => _keeper.TrySetResult(keeper);

    public void ForgetKeeper() => _keeper = NoKeeper();

    public void NoteUp() => _up.TrySetResult();

    public void NoteLeft()
    {
        Contact = StoreContact.Left;
        _left.TrySetResult();
    }

    public void RaiseTaken(IReadOnlyList<int> shards, IReadOnlyList<int> orphans) => Guarded(Taken, listener => listener(shards, orphans));

    public void RaiseLost(IReadOnlyList<int> shards) => Guarded(Lost, listener => listener(shards));

    public void RaiseWanted(IReadOnlyList<int> shards) => Guarded(Wanted, listener => listener(shards));

    public void RaiseBeaten() => Guarded(Beaten, static listener => listener());

    public void RaiseChanged() => Guarded(Changed, static listener => listener());

    private static TaskCompletionSource<IActorRef> NoKeeper() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Guarded<T>(T? listeners, Action<T> call) where T : Delegate
    {
        foreach (var listener in Delegate.EnumerateInvocationList(listeners))
        {
            try
            {
                call(listener);
            }
            catch (Exception failure)
            {
                Log.Error(failure, "A listener to the cluster's view threw");
            }
        }
    }
}
