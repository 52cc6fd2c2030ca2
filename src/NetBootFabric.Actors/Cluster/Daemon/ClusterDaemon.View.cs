using NetBootFabric.Boot.Membership;

namespace NetBootFabric.Actors.Cluster.Daemon;

internal sealed partial class ClusterDaemon
{
    private void OnView(ClusterView view, long began, StoredStatus status)
    {
        if (view.IsAccepted) OnAccepted(view, began, status);
        else OnRefused(view);
    }

    private void OnAccepted(ClusterView view, long began, StoredStatus status)
    {
        _members = view.Members.ToDictionary(static row => row.Identity.Name);
        _rows = view.Shards.ToDictionary(static row => row.Shard);
        _holdsOn = false;
        _tried.Clear();
        _ownership.ValidUntil = Math.Max(_ownership.ValidUntil, began + Stamps(setup.Validity));
        SetPeers(view.Members);
        foreach (var dead in _detector.Observe(view.Time, view.Members, _name)) _toFence.Enqueue(dead);
        Reconcile();
        cluster.NoteBeat(view, began);
        cluster.NoteMembers(view.Members);
        NoteOwnStatus(status);
        MoveShards();
        cluster.SweepRegions();
    }

    private void NoteOwnStatus(StoredStatus announced)
    {
        if (_status == StoredStatus.Joining)
        {
            _status = StoredStatus.Up;
            _beatDue = true;
        }
        else if (announced == StoredStatus.Up)
        {
            cluster.NoteUp();
        }
    }

    /// <summary>This incarnation was ended by another: nothing is owned, and nothing that it has under way will be written.</summary>
    private void OnRefused(ClusterView view)
    {
        system.Log.Warning("Incarnation {0} of [{1}] was fenced", _incarnation, _name);
        LoseAll();
        var own = view.Members.FirstOrDefault(row => row.Identity.Name == _name);
        if (own is not null && own.Incarnation > _incarnation && own.Lives)
        {
            system.Log.Error("Another process is the member [{0}]", _name);
            _joinNotBefore = Now + Stamps(setup.DeadAfter * DeadAftersUntilRejoinWhenReplaced);
        }
        _incarnation = 0;
        _status = StoredStatus.Joining;
        _members = [];
        _rows = [];
        _toFence.Clear();
        _toTake = [];
        _detector.Restart();
        cluster.SelfIncarnation = 0;
        cluster.StoreContact = StoreContact.Joining;
        SetPeers(view.Members);
        cluster.NoteMembers(view.Members);
        PublishMap();
        if (_leaves) Left();
    }

    private long Stamps(TimeSpan time) => (long)(time.TotalSeconds * system.TimeProvider.TimestampFrequency);
}
