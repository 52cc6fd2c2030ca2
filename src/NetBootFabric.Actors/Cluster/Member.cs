using System.Collections.Immutable;
using NetBootFabric.Boot.Membership;

namespace NetBootFabric.Actors.Cluster;

public enum MemberStatus
{
    Joining = 0,
    Up = 1,
    Leaving = 2,
    Exiting = 3,
    Down = 4,
    Removed = 5,
    WeaklyUp = 6,
}

/// <summary>A member's address and incarnation.</summary>
public sealed class UniqueAddress(Address address, int uid) : IEquatable<UniqueAddress>, IComparable<UniqueAddress>
{
    public Address Address => address;
    public int Uid => uid;

    public bool Equals(UniqueAddress? other) => other is not null && Uid == other.Uid && Address == other.Address;

    public override bool Equals(object? obj) => Equals(obj as UniqueAddress);

    public override int GetHashCode() => uid;

    public int CompareTo(UniqueAddress? other)
    {
        var addresses = Address.CompareTo(other?.Address);
        return addresses != 0 || other is null ? addresses : Uid.CompareTo(other.Uid);
    }

    public override string ToString() => $"UniqueAddress: ({address}, {uid})";
}

/// <summary>A node of the cluster. Equal when address and incarnation are.</summary>
public sealed class Member : IComparable<Member>, IEquatable<Member>
{
    private Member(UniqueAddress uniqueAddress, MemberStatus status, ImmutableHashSet<string> roles)
    {
        UniqueAddress = uniqueAddress;
        Status = status;
        Roles = roles;
    }

    public UniqueAddress UniqueAddress { get; }
    public MemberStatus Status { get; }
    public ImmutableHashSet<string> Roles { get; }
    public Address Address => UniqueAddress.Address;

    internal static Member Of(string system, MemberRow row, MemberStatus? status = null) => new(
        new UniqueAddress(Address.OfEndpoint(system, row.Identity.Address), (int)row.Incarnation),
        status ?? StatusOf(row.Status),
        [.. row.Identity.Roles]);

    internal static Member Alone(Address address) => new(new UniqueAddress(address, 1), MemberStatus.Up, []);

    public bool HasRole(string role) => Roles.Contains(role);

    /// <summary>It joined earlier.</summary>
    public bool IsOlderThan(Member other) => UniqueAddress.Uid < other.UniqueAddress.Uid;

    public int CompareTo(Member? other) => UniqueAddress.CompareTo(other?.UniqueAddress);

    public bool Equals(Member? other) => other is not null && UniqueAddress.Equals(other.UniqueAddress);

    public override bool Equals(object? obj) => Equals(obj as Member);

    public override int GetHashCode() => UniqueAddress.GetHashCode();

    public override string ToString() => $"Member(address = {Address}, Uid={UniqueAddress.Uid} status = {Status})";

    private static MemberStatus StatusOf(StoredStatus status) => status switch
    {
        StoredStatus.Joining => MemberStatus.Joining,
        StoredStatus.Up => MemberStatus.Up,
        StoredStatus.Leaving => MemberStatus.Leaving,
        StoredStatus.Unreachable => MemberStatus.Down,
        _ => MemberStatus.Removed,
    };
}
