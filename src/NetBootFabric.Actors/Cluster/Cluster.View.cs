using NetBootFabric.Boot.Membership;

namespace NetBootFabric.Actors.Cluster;

// What only this engine has: the members as they are stored, and how this node stands with the store.
public partial class Cluster
{
    private volatile IReadOnlyList<MemberRow> _members = [];
    private long _selfIncarnation;
    private long _lastBeat = long.MinValue;
    private volatile int _contact;

    /// <summary>This member's name; null in a cluster of one.</summary>
    public string? SelfName => _setup?.Identity.Name;

    /// <summary>0: not joined.</summary>
    public long SelfIncarnation
    {
        get => Interlocked.Read(ref _selfIncarnation);
        internal set => Interlocked.Exchange(ref _selfIncarnation, value);
    }

    /// <summary>As the last beat that was answered found them, fenced and gone ones too. Empty in a cluster of one.</summary>
    public IReadOnlyList<MemberRow> Members => _members;

    public StoreContact StoreContact
    {
        get
        {
            if (_setup is null) return StoreContact.Alone;
            var contact = (StoreContact)_contact;
            return contact is StoreContact.Current or StoreContact.DownForAll && !Ownership.IsCurrent ? StoreContact.CutOff : contact;
        }
        internal set => _contact = (int)value;
    }

    /// <summary>Time since the last accepted beat began; null before the first, and in a cluster of one.</summary>
    public TimeSpan? SinceLastBeat => Interlocked.Read(ref _lastBeat) is var beat and not long.MinValue ? _system.TimeProvider.GetElapsedTime(beat) : null;

    /// <summary>What passed the links to other members; null in a cluster of one.</summary>
    public Remote.RemoteCounters? RemoteCounters => _system.Remoting?.Counters;

    /// <summary>Raised in the membership's actor after each accepted beat.</summary>
    public event Action<ClusterView>? BeatAccepted;

    /// <summary>Raised in the membership's actor when members came, went or changed.</summary>
    public event Action? ViewChanged;

    internal void NoteBeat(ClusterView view, long began)
    {
        Interlocked.Exchange(ref _lastBeat, began);
        StoreContact = StoreContact.Current;
        foreach (var listener in Delegate.EnumerateInvocationList(BeatAccepted)) Guarded(() => listener(view));
    }

    internal void NoteMembers(IReadOnlyList<MemberRow> members)
    {
        var changed = false;
        _subscriptions.Publish(() => _members = members, () =>
        {
            changed = !_members.Select(Unbeaten).SequenceEqual(members.Select(Unbeaten));
            return changed ? MemberChanges.Between(_system.Name, _members, members) : [];
        });
        if (!changed) return;
        foreach (var listener in Delegate.EnumerateInvocationList(ViewChanged)) Guarded(listener);

        static (MemberIdentity, long, StoredStatus) Unbeaten(MemberRow row) => (row.Identity with { Roles = [] }, row.Incarnation, row.Status);
    }

    private void Guarded(Action listener)
    {
        try
        {
            listener();
        }
        catch (Exception failure)
        {
            _system.Log.Error(failure, "A listener to the cluster's view threw");
        }
    }
}

/// <summary>How this node stands with the store.</summary>
public enum StoreContact
{
    /// <summary>A cluster of one has no store.</summary>
    Alone = 0,

    /// <summary>No beat was accepted yet.</summary>
    Joining,

    /// <summary>Beats are accepted.</summary>
    Current,

    /// <summary>Nobody reaches the store: what was owned stays owned.</summary>
    DownForAll,

    /// <summary>This node alone does not reach the store, or can't tell: it owns nothing.</summary>
    CutOff,

    /// <summary>This node has left.</summary>
    Left,
}
