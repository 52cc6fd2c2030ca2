using System.Collections.Immutable;
using Akka.Cluster;
using Akka.Remote;
using AkkaCluster = Akka.Cluster.Cluster;

namespace NetBootFabric.Cluster.Membership;

/// <summary>Akka.Cluster's own.</summary>
internal sealed class AkkaRing(ActorSystem system) : IMemberRing
{
    private readonly AkkaCluster _cluster = AkkaCluster.Get(system);
    private IActorRef? _events;

    public UniqueAddress Self => _cluster.SelfUniqueAddress;

    public IReadOnlyCollection<UniqueAddress> Members =>
        [.. _cluster.State.Members.Where(static member => member.Status is not (MemberStatus.Down or MemberStatus.Removed)).Select(static member => member.UniqueAddress)];

    public void Follow(IActorRef keeper)
    {
        _events = system.ActorOf(Props.Create(() => new Events(keeper)));
        _cluster.Subscribe(_events, ClusterEvent.InitialStateAsEvents, typeof(ClusterEvent.IMemberEvent));
    }

    public void Unfollow(IActorRef keeper)
    {
        if (_events is null) return;
        _cluster.Unsubscribe(_events);
        system.Stop(_events);
    }

    public void Found() => _cluster.Join(_cluster.SelfAddress);

    public void Ask(ImmutableSortedSet<Address> contacts) => _cluster.JoinSeedNodes(contacts);

    /// <summary>Akka removes a downed member only when it is also unreachable: the quarantine says at once that it will not be heard again.</summary>
    public void PutOut(UniqueAddress member)
    {
        ((IRemoteActorRefProvider)((ExtendedActorSystem)system).Provider).Quarantine(member.Address, member.Uid);
        _cluster.Down(member.Address);
    }

    public void End()
    {
        if (_cluster.State.Members.Any(member => member.UniqueAddress.Equals(Self) && member.Status == MemberStatus.Up) && !_cluster.IsTerminated) _cluster.Down(_cluster.SelfAddress);
        else _ = system.Terminate();
    }

    private sealed class Events : ReceiveActor
    {
        public Events(IActorRef keeper)
        {
            Receive<ClusterEvent.MemberUp>(up => keeper.Tell(new MemberCame(up.Member.UniqueAddress), ActorRefs.NoSender));
            Receive<ClusterEvent.MemberRemoved>(removed => keeper.Tell(new MemberWent(removed.Member.UniqueAddress), ActorRefs.NoSender));
            Receive<ClusterEvent.IMemberEvent>(static _ => { });
        }
    }
}
