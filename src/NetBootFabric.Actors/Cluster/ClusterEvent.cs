using System.Collections.Immutable;

namespace NetBootFabric.Actors.Cluster;

/// <summary>What <see cref="Cluster.Subscribe(IActorRef, Type[])"/> tells of.</summary>
public class ClusterEvent
{
    public static readonly SubscriptionInitialStateMode InitialStateAsSnapshot = SubscriptionInitialStateMode.InitialStateAsSnapshot;
    public static readonly SubscriptionInitialStateMode InitialStateAsEvents = SubscriptionInitialStateMode.InitialStateAsEvents;

    public enum SubscriptionInitialStateMode
    {
        /// <summary>A <see cref="CurrentClusterState"/> first.</summary>
        InitialStateAsSnapshot = 0,

        /// <summary>The events that lead to the current state first.</summary>
        InitialStateAsEvents = 1,
    }

    public interface IClusterDomainEvent;

    public interface IMemberEvent : IClusterDomainEvent
    {
        Member Member { get; }
    }

    public interface IReachabilityEvent : IClusterDomainEvent;

    public abstract class MemberStatusChange(Member member) : IMemberEvent
    {
        public Member Member => member;

        public override string ToString() => $"{GetType().Name}({member})";
    }

    public sealed class MemberJoined(Member member) : MemberStatusChange(member);

    public sealed class MemberUp(Member member) : MemberStatusChange(member);

    public sealed class MemberLeft(Member member) : MemberStatusChange(member);

    public sealed class MemberExited(Member member) : MemberStatusChange(member);

    public sealed class MemberDowned(Member member) : MemberStatusChange(member);

    public sealed class MemberRemoved(Member member, MemberStatus previousStatus) : MemberStatusChange(member)
    {
        public MemberStatus PreviousStatus => previousStatus;
    }

    public abstract class ReachabilityEvent(Member member) : IReachabilityEvent
    {
        public Member Member => member;

        public override string ToString() => $"{GetType().Name}({member})";
    }

    public sealed class UnreachableMember(Member member) : ReachabilityEvent(member);

    public sealed class ReachableMember(Member member) : ReachabilityEvent(member);

    /// <summary>All members that are not gone; fenced ones are unreachable and down.</summary>
    public sealed class CurrentClusterState(ImmutableSortedSet<Member> members, ImmutableHashSet<Member> unreachable) : INoSerializationVerificationNeeded
    {
        public ImmutableSortedSet<Member> Members => members;
        public ImmutableHashSet<Member> Unreachable => unreachable;
        public ImmutableHashSet<string> AllRoles => [.. members.SelectMany(static member => member.Roles)];
    }
}
