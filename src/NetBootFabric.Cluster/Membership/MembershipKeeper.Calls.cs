using NetBootFabric.Boot.Membership;
using NetBootFabric.Cluster.Messages;

namespace NetBootFabric.Cluster.Membership;

internal sealed partial class MembershipKeeper
{
    private bool _calling;
    private long _callBegan;
    private bool _beatDue;

    /// <summary>When the last accepted beat began.</summary>
    private long _lastBeat;

    /// <summary>A call failed; the next is made at the next heartbeat.</summary>
    private bool _backsOff;

    /// <summary>Akka's part of the leaving is over.</summary>
    private bool _isOut;

    /// <summary>Makes the next call that is due, unless one is under way.</summary>
    private void Step()
    {
        if (_calling || _backsOff || _hasEnded) return;
        if (_incarnation == 0) Join();
        else if (_beatDue) Beat();
        else if (_toFence.TryDequeue(out var member)) Fence(member);
        else if (_toRelease.Count > 0) Release();
        else if (_acquireDue && _wishes.Count > 0) Acquire();
        else if (_isOut && _closing.Count == 0) Leave();
    }

    private void Join()
    {
        if (_leaves)
        {
            Left();
            return;
        }
        var self = _ring.Self;
        var identity = new MemberIdentity(_name, PeerAddress.EndpointOf(self.Address), _setup.Certificate.Fingerprint, _setup.Weight, _setup.Roles) { Uid = self.Uid };
        Call(ended => _store.Join(identity, (incarnation, failure) => ended(failure, () => Joined(incarnation))));
    }

    private void Joined(long incarnation)
    {
        _incarnation = _state.Incarnation = incarnation;
        _beatDue = true;
        _log.Info("joined as {0}, incarnation {1}", _name, incarnation);
    }

    private void Beat()
    {
        _beatDue = false;
        var began = Now;
        NoteAkkaMembers();
        Call(ended => _store.Beat(_name, _incarnation, _status, (view, failure) => ended(failure ?? (view is null ? new InvalidOperationException("a beat without a view") : null), () => OnView(view!, began))));
    }

    private void OnView(ClusterView view, long began)
    {
        _setup.Trust.Learn(view.Members);
        if (view.IsAccepted) OnAccepted(view, began);
        else OnRefused(view);
    }

    private void OnAccepted(ClusterView view, long began)
    {
        _members = view.Members.ToDictionary(static row => row.Identity.Name);
        _rows = view.Shards.ToDictionary(static row => row.Shard);
        _lastBeat = began;
        _holdsOn = false;
        _tried.Clear();
        _state.ValidUntil = Math.Max(_state.ValidUntil, began + Stamps(_setup.Validity));
        _state.Contact = StoreContact.Current;
        foreach (var dead in _detector.Observe(view.Time, view.Members, _name)) _toFence.Enqueue(dead);
        FenceSuspects();
        Reconcile();
        Publish();
        _state.RaiseBeaten();
        PutOutEnded();
        SeekCluster();
        WakeOrphans();
    }

    /// <summary>This incarnation was ended by another: nothing is owned, and nothing that it has under way will be written.</summary>
    private void OnRefused(ClusterView view)
    {
        _log.Warning("incarnation {0} of {1} was fenced", _incarnation, _name);
        _members = view.Members.ToDictionary(static row => row.Identity.Name);
        End("the other head nodes took this one for dead");
        Publish();
    }

    private void Publish()
    {
        var (before, now) = (_state.Members, _members.Values.OrderBy(static row => row.Identity.Name, StringComparer.Ordinal).ToList());
        _state.Members = now;
        _state.Table = [.. _rows.Values.OrderBy(static row => row.Shard)];
        if (!before.Select(Unbeaten).SequenceEqual(now.Select(Unbeaten))) _state.RaiseChanged();

        static (MemberIdentity, long, StoredStatus) Unbeaten(MemberRow row) => (row.Identity with { Roles = [] }, row.Incarnation, row.Status);
    }

    private void Leave() => Call(ended => _store.Leave(_name, _incarnation, failure => ended(failure, () =>
    {
        TellOthers(LookAtOnce.Instance);
        Left();
    })));

    /// <summary>Runs a call of the store; what it ends with is handled in this actor.</summary>
    private void Call(Action<Action<Exception?, Action>> call)
    {
        var self = Self;
        _calling = true;
        _callBegan = Now;
        try
        {
            call((failure, handle) => self.Tell(new CallEnded(failure is null ? handle : () => OnCallFailed(failure)), ActorRefs.NoSender));
        }
        catch (Exception failure)
        {
            self.Tell(new CallEnded(() => OnCallFailed(failure)), ActorRefs.NoSender);
        }
    }

    private void OnCallEnded(CallEnded ended)
    {
        _calling = false;
        _callFailed = false;
        ended.Handle();
    }

    private void OnCallFailed(Exception failure)
    {
        _log.Warning("the cluster's store did not do a call: {0}", failure.Message);
        _callFailed = true;
        _backsOff = true;
        _detector.Restart();
        _toFence.Clear();
        _acquireDue = _wishes.Count > 0;
        if (_leaves && (_incarnation == 0 || _isOut)) Left();
        else if (_incarnation != 0) BeginRound();
    }
}
