using NetBootFabric.Boot.Membership;

namespace NetBootFabric.Actors.Cluster;

public partial class Cluster
{
    private readonly ClusterSubscriptions _subscriptions;

    /// <summary>As the last accepted beat found it.</summary>
    public ClusterEvent.CurrentClusterState State
    {
        get
        {
            if (_setup is null) return new([Member.Alone(SelfAddress)], []);
            var rows = Members.Where(static row => row.Status != StoredStatus.Gone).ToList();
            return new([.. rows.Select(Of)], [.. rows.Where(static row => row.Status == StoredStatus.Unreachable).Select(Of)]);
        }
    }

    /// <summary>Removed before it has joined.</summary>
    public Member SelfMember
    {
        get
        {
            if (_setup is null) return Member.Alone(SelfAddress);
            return Of(Members.FirstOrDefault(row => row.Identity.Name == SelfName) ?? new MemberRow(_setup.Identity, 0, StoredStatus.Gone, 0));
        }
    }

    /// <summary>Tells the subscriber the current state, then each event of one of the types (<see cref="ClusterEvent.IClusterDomainEvent"/> and what derives from it).</summary>
    public void Subscribe(IActorRef subscriber, params Type[] to) => Subscribe(subscriber, ClusterEvent.InitialStateAsSnapshot, to);

    public void Subscribe(IActorRef subscriber, ClusterEvent.SubscriptionInitialStateMode initialStateMode, params Type[] to) => _subscriptions.Add(subscriber, to, () =>
        initialStateMode == ClusterEvent.InitialStateAsSnapshot ? [State] : MemberChanges.Between(_system.Name, [], Members));

    public void Unsubscribe(IActorRef subscriber) => _subscriptions.Remove(subscriber, null);

    public void Unsubscribe(IActorRef subscriber, Type to) => _subscriptions.Remove(subscriber, to);

    public void SendCurrentClusterState(IActorRef receiver) => receiver.Tell(State, ActorRefs.NoSender);

    private Member Of(MemberRow row) => Member.Of(_system.Name, row);
}
