using NetBootFabric.Boot.Membership;
using NetBootFabric.Cluster.Messages;

namespace NetBootFabric.Cluster.Membership;

// Beats fail: is the store away for all, or only for this node? The others are asked how theirs went. What a round finds is good for as long as a beat that began
// with it would be: whoever answered that its beats fail observes everybody anew before it fences anyone, and nobody answers so who fenced the asker, or tried to.
internal sealed partial class MembershipKeeper
{
    private readonly Dictionary<string, BeatState> _pongs = [];

    /// <summary>Those that this node tried to fence since its last accepted beat.</summary>
    private readonly HashSet<string> _tried = [];
    private long _round;
    private int _askedCount;
    private bool _callFailed;

    /// <summary>All said that their beats fail; since then half of them are enough, so that the others may be restarted meanwhile.</summary>
    private bool _holdsOn;

    /// <summary>The last call failed, or is not answered for so long that a beat may be missed.</summary>
    private bool IsFailing => _callFailed || (_calling && Now - _callBegan > Stamps(_setup.DeadAfter * 0.3));

    private void Answer(BeatPing ping)
    {
        if (NameAt(Sender.Path.Address) is { } asker) Sender.Tell(new BeatPong(ping.Round, StateFor(asker, ping.Incarnation)), Self);
    }

    private BeatState StateFor(string asker, long incarnation)
    {
        if (_incarnation == 0) return BeatState.Unknown;
        if (_tried.Contains(asker) || !_members.TryGetValue(asker, out var row) || row.Incarnation != incarnation || !row.Lives) return BeatState.Fenced;
        if (IsFailing)
        {
            _detector.Restart();
            return BeatState.Failing;
        }
        return _lastBeat != 0 && Now - _lastBeat < Stamps(_setup.Validity) ? BeatState.Fresh : BeatState.Unknown;
    }

    /// <summary>Asks the others how their beats go, and decides what the answers to the round before mean.</summary>
    private void BeginRound()
    {
        var sinceLast = Now - _round;
        if (_round != 0 && sinceLast < Stamps(_setup.Heartbeat / 2)) return;
        if (_round != 0 && sinceLast < Stamps(_setup.Heartbeat * 2)) Decide();
        _round = Now;
        _pongs.Clear();
        var asked = _members.Values.Where(row => row.Identity.Name != _name && row.Status != StoredStatus.Gone).ToList();
        foreach (var member in asked) TellMember(member.Identity, new BeatPing(_round, _incarnation));
        _askedCount = asked.Count;
        if (_askedCount == 0) Decide();
    }

    private void OnPong(BeatPong pong)
    {
        if (pong.Round != _round || _incarnation == 0 || !IsFailing || NameAt(Sender.Path.Address) is not { } name) return;
        _pongs[name] = pong.State;
        // One that is not heard yet may know better; at the round's end it had its time.
        if (_pongs.Count == _askedCount) Decide();
    }

    private void Decide()
    {
        var others = _members.Values.Where(row => row.Lives && row.Identity.Name != _name).Select(static row => row.Identity.Name).ToList();
        var failing = others.Count(name => _pongs.GetValueOrDefault(name) == BeatState.Failing);
        var isVetoed = _pongs.ContainsValue(BeatState.Fresh) || _pongs.ContainsValue(BeatState.Fenced);
        // Half of them are enough only without a break: who believed in nothing for a moment may have been fenced in it by the other half.
        var isDown = failing == others.Count || (_holdsOn && _state.IsCurrent && (failing + 1) * 2 >= others.Count + 1);
        if (isVetoed) _holdsOn = false;
        if (isVetoed || !isDown) return;
        if (!_holdsOn) _log.Error("the cluster's store is away for all members: shards stay as they are");
        _holdsOn = true;
        _state.ValidUntil = Math.Max(_state.ValidUntil, _round + Stamps(_setup.Validity));
        _state.Contact = StoreContact.DownForAll;
    }

    private string? NameAt(Address address) => _members.Values.FirstOrDefault(row => AddressOf(row.Identity) == address)?.Identity.Name;
}
