using System.Collections.Immutable;
using Akka.Cluster;
using NetBootFabric.Boot.Membership;
using NetBootFabric.Cluster.Messages;

namespace NetBootFabric.Cluster.Membership;

// Akka's cluster follows the store: who has a living row is a member, who has none is put out.
internal sealed partial class MembershipKeeper
{
    /// <summary>Asking those that are to let this node in again, when none of them did.</summary>
    private static readonly TimeSpan SeekAgain = TimeSpan.FromSeconds(2);

    /// <summary>A proof of death that the beat denies so often is none.</summary>
    private const int MostDenials = 3;

    private readonly Queue<MemberRow> _toFence = new();

    /// <summary>Those whose port refuses connections, and how often their beat denied that they are dead.</summary>
    private readonly Dictionary<UniqueAddress, int> _proven = [];
    private readonly HashSet<UniqueAddress> _silent = [];

    /// <summary>Akka's members when the beat that is under way began: their rows were there by then.</summary>
    private IReadOnlyCollection<UniqueAddress> _known = [];
    private bool _isUp;
    private bool _hasFounded;
    private ImmutableSortedSet<Address> _asked = [];
    private long _askedAt;

    private void NoteAkkaMembers() => _known = _ring.Members;

    /// <summary>
    /// Before this node is up: asks those that are to let it in. When nobody is, the first of those that join begins a cluster; who was first, the store has decided under its lock.
    /// </summary>
    private void SeekCluster()
    {
        if (_isUp || _hasFounded || _leaves) return;
        var own = _members[_name];
        var others = _members.Values.Where(row => row.Lives && row.Identity.Name != _name).ToList();
        var contacts = others.Where(static row => row.Status != StoredStatus.Joining).Select(row => AddressOf(row.Identity)).OfType<Address>().ToImmutableSortedSet();
        if (contacts.Count > 0) Ask(contacts);
        else if (!others.Any(row => row.Joined < own.Joined)) Found();
    }

    private void Ask(ImmutableSortedSet<Address> contacts)
    {
        if (_asked.SetEquals(contacts) && Now - _askedAt < Stamps(SeekAgain)) return;
        (_asked, _askedAt) = (contacts, Now);
        _ring.Ask(contacts);
    }

    private void Found()
    {
        _hasFounded = true;
        _log.Info("nobody else is there: {0} begins the cluster", _name);
        _ring.Found();
    }

    private void OnMemberUp(UniqueAddress node)
    {
        if (!node.Equals(_ring.Self))
        {
            _beatDue = true; // its row may say so by now
            return;
        }
        _isUp = true;
        if (_status == StoredStatus.Joining) _status = StoredStatus.Up;
        _beatDue = true;
        TellOthers(LookAtOnce.Instance);
        _state.NoteUp();
    }

    private void OnMemberRemoved(UniqueAddress node)
    {
        _proven.Remove(node);
        _silent.Remove(node);
        if (node.Equals(_ring.Self))
        {
            if (!_leaves) End("the other head nodes put this one out");
            return;
        }
        // The coordinator hears of it at the same time, or a gossip later: what it was asked too early is asked again.
        WakeOrphans();
        Timers.StartSingleTimer("soon", StartOrphans.Instance, TimeSpan.FromMilliseconds(40));
        Timers.StartSingleTimer("later", StartOrphans.Instance, TimeSpan.FromMilliseconds(120));
    }

    private void OnSuspected(Suspected suspected)
    {
        if (suspected.IsProven) _proven.TryAdd(suspected.Node, 0);
        else _silent.Add(suspected.Node);
        _beatDue = true; // the fence compares with the newest beat
    }

    /// <summary>
    /// A refused connection is proof of death; whoever is only silent must have been so in the store as well, for as long as it may believe in its shards: when nothing but the link
    /// between head nodes is cut, nobody is fenced.
    /// </summary>
    private void FenceSuspects()
    {
        foreach (var (node, denials) in _proven.ToList())
        {
            if (denials > MostDenials) _proven.Remove(node);
            else if (RowOf(node) is { Lives: true } row) _toFence.Enqueue(row);
        }
        foreach (var node in _silent)
        {
            if (RowOf(node) is { Lives: true } row && _detector.WasQuietFor(row.Identity.Name, _setup.Validity)) _toFence.Enqueue(row);
        }
    }

    private void Fence(MemberRow member)
    {
        var name = member.Identity.Name;
        if (name == _name || !_members.TryGetValue(name, out var row) || row.Incarnation != member.Incarnation || !row.Lives) return;
        _tried.Add(name);
        Call(ended => _store.Fence(name, member.Incarnation, member.Beat, (fenced, failure) => ended(failure, () => Fenced(member, fenced))));
    }

    private void Fenced(MemberRow member, bool fenced)
    {
        var name = member.Identity.Name;
        if (!fenced)
        {
            foreach (var node in _proven.Keys.Where(node => RowOf(node)?.Identity.Name == name).ToList()) _proven[node]++;
            _beatDue = true;
            return;
        }
        _log.Warning("head node {0} is fenced (incarnation {1})", name, member.Incarnation);
        if (_members.TryGetValue(name, out var row) && row.Incarnation == member.Incarnation) _members[name] = row with { Status = StoredStatus.Unreachable };
        TellOthers(LookAtOnce.Instance);
        NoteAkkaMembers();
        PutOutEnded();
        Publish();
        WakeOrphans();
    }

    /// <summary>Whoever was a member before the store was read, and has no living row in it, may not act any more.</summary>
    private void PutOutEnded()
    {
        foreach (var node in _known)
        {
            if (node.Equals(_ring.Self) || RowOf(node) is { Lives: true }) continue;
            PutOut(node);
        }
    }

    private void PutOut(UniqueAddress node)
    {
        if (!_ring.Members.Contains(node)) return;
        _log.Info("{0} is put out of the cluster", node);
        _ring.PutOut(node);
    }
}
