using NetBootFabric.Boot.Membership;

namespace NetBootFabric.Actors.Cluster;

/// <summary>Which events lead from one view of the members to the next.</summary>
internal static class MemberChanges
{
    public static List<ClusterEvent.IClusterDomainEvent> Between(string system, IReadOnlyList<MemberRow> before, IReadOnlyList<MemberRow> after)
    {
        var events = new List<ClusterEvent.IClusterDomainEvent>();
        var known = before.ToDictionary(static row => row.Identity.Name);
        foreach (var row in after)
        {
            known.TryGetValue(row.Identity.Name, out var old);
            if (old is not null && old.Incarnation == row.Incarnation) Changed(system, old, row, events);
            else Replaced(system, old, row, events);
        }
        return events;
    }

    private static void Replaced(string system, MemberRow? old, MemberRow row, List<ClusterEvent.IClusterDomainEvent> events)
    {
        if (old is { Status: StoredStatus.Unreachable }) events.Add(new ClusterEvent.ReachableMember(Member.Of(system, row)));
        if (old is not null and not { Status: StoredStatus.Gone }) events.Add(Removed(system, old));
        if (row.Status == StoredStatus.Gone) return;
        events.Add(new ClusterEvent.MemberJoined(Member.Of(system, row, MemberStatus.Joining)));
        Changed(system, row with { Status = StoredStatus.Joining }, row, events);
    }

    private static void Changed(string system, MemberRow old, MemberRow row, List<ClusterEvent.IClusterDomainEvent> events)
    {
        if (old.Status == row.Status) return;
        if (old.Status == StoredStatus.Joining && row.Status is StoredStatus.Up or StoredStatus.Leaving) events.Add(new ClusterEvent.MemberUp(Member.Of(system, row, MemberStatus.Up)));
        switch (row.Status)
        {
            case StoredStatus.Leaving:
                events.Add(new ClusterEvent.MemberLeft(Member.Of(system, row)));
                break;
            case StoredStatus.Unreachable:
                events.Add(new ClusterEvent.UnreachableMember(Member.Of(system, row)));
                events.Add(new ClusterEvent.MemberDowned(Member.Of(system, row)));
                break;
            case StoredStatus.Gone:
                if (old.Status != StoredStatus.Leaving) events.Add(new ClusterEvent.MemberLeft(Member.Of(system, row, MemberStatus.Leaving)));
                events.Add(new ClusterEvent.MemberExited(Member.Of(system, row, MemberStatus.Exiting)));
                events.Add(Removed(system, old));
                break;
        }
    }

    private static ClusterEvent.MemberRemoved Removed(string system, MemberRow old) =>
        new(Member.Of(system, old, MemberStatus.Removed), Member.Of(system, old).Status);
}
