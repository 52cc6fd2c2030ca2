using NetBootFabric.Boot.Membership;

namespace NetBootFabric.Actors.Cluster.Daemon;

internal sealed partial class ClusterDaemon
{
    // Another process has this member's name: that is a mistake which only an operator can end. Until then they must not fence each other at every beat.
    private const int DeadAftersUntilRejoinWhenReplaced = 10;

    private readonly Queue<MemberRow> _toFence = new();
    private bool _calling;
    private long _callBegan;
    private bool _beatDue;

    /// <summary>A call failed; the next is made at the next heartbeat.</summary>
    private bool _backsOff;
    private long _joinNotBefore = long.MinValue;

    private long Now => system.TimeProvider.GetTimestamp();

    /// <summary>Makes the next call that is due, unless one is under way.</summary>
    private void Step()
    {
        if (_calling || _backsOff || _hasLeft) return;
        if (_incarnation == 0) TryJoin();
        else if (_beatDue) Beat();
        else if (_toFence.TryDequeue(out var member)) Fence(member);
        else if (NextHandOver() is { } handOver) HandOver(handOver.Holdings, handOver.To);
        else if (_toTake.Count > 0) Take();
        else if (MayLeave) Leave();
    }

    private void TryJoin()
    {
        if (Now < _joinNotBefore) return;
        Call(ended => setup.Store.Join(setup.Identity, (incarnation, failure) => ended(failure, () => Joined(incarnation))));
    }

    private void Joined(long incarnation)
    {
        _incarnation = incarnation;
        _status = _leaves ? StoredStatus.Leaving : StoredStatus.Joining;
        _beatDue = true;
        cluster.SelfIncarnation = incarnation;
        system.Log.Info("Joined as [{0}], incarnation {1}", _name, incarnation);
    }

    private void Beat()
    {
        _beatDue = false;
        var began = Now;
        var status = _status;
        Call(ended => setup.Store.Beat(_name, _incarnation, status, (view, failure) => ended(failure ?? (view is null ? new InvalidOperationException("A beat without a view") : null), () => OnView(view!, began, status))));
    }

    private void Fence(MemberRow member)
    {
        system.Log.Warning("Member [{0}] is fenced (incarnation {1})", member.Identity.Name, member.Incarnation);
        _tried.Add(member.Identity.Name);
        Call(ended => setup.Store.Fence(member.Identity.Name, member.Incarnation, member.Beat, (fenced, failure) => ended(failure, () => Fenced(member, fenced))));
    }

    private void Fenced(MemberRow member, bool fenced)
    {
        var name = member.Identity.Name;
        if (!fenced || name == _name || !_members.TryGetValue(name, out var row) || row.Incarnation != member.Incarnation)
        {
            _beatDue = true;
            return;
        }
        TellMember(name, LookAtOnce.Instance);
        _members[name] = row with { Status = StoredStatus.Unreachable };
        TellOthers(LookAtOnce.Instance);
        cluster.NoteMembers([.. _members.Values]);
        PublishMap();
        MoveShards();
    }

    private void Leave()
    {
        LoseAll();
        Call(ended => setup.Store.Leave(_name, _incarnation, failure => ended(failure, () =>
        {
            TellOthers(LookAtOnce.Instance);
            Left();
        })));
    }

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
        system.Log.Warning("The cluster's store did not do a call: {0}", failure.Message);
        _callFailed = true;
        _backsOff = true;
        _detector.Restart();
        _toFence.Clear();
        _toTake = [];
        GiveUpHandOver();
        if (_leaves && _incarnation == 0) Left();
        else if (_incarnation != 0) BeginRound();
    }
}
