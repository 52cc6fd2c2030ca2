using NetBootFabric.Boot.Heads;
using NetBootFabric.Wire;

namespace NetBootFabric.Cluster.Heads;

/// <summary>
/// What one head node has to do about the service addresses, as the store has them and as it knows the members. Pure. The home holds an address when it is up; while it is
/// not, whoever holds it goes on, so that nothing moves without need; what nobody holds that may act goes by rendezvous. Only the holder itself gives an address
/// up, and only to one that is up: two nodes that know different members at worst wait for each other.
/// </summary>
/// <param name="Keep">Held, and to be held on.</param>
/// <param name="Take">Held by nobody who may act, and ours to hold.</param>
/// <param name="Give">Held, and somebody else's to hold: to be released, then handed over.</param>
public sealed record ServicePlan(IReadOnlyList<ServiceAddressRow> Keep, IReadOnlyList<ServiceAddressRow> Take, IReadOnlyList<ServiceHandOver> Give)
{
    public static ServicePlan Make(IReadOnlyList<ServiceAddressRow> rows, IReadOnlyList<ServiceMember> members, string self)
    {
        var (keep, take, give) = (new List<ServiceAddressRow>(), new List<ServiceAddressRow>(), new List<ServiceHandOver>());
        foreach (var row in rows)
        {
            var holder = members.FirstOrDefault(member => member.Name == row.Holder);
            if (row.Holder == self) KeepOrGive(row, holder, members, keep, give);
            else if (holder is null && Desired(row, holder, members) == self) take.Add(row);
        }
        return new ServicePlan(keep, take, give);
    }

    private static void KeepOrGive(ServiceAddressRow row, ServiceMember? self, IReadOnlyList<ServiceMember> members, List<ServiceAddressRow> keep, List<ServiceHandOver> give)
    {
        // One that is only joining, or does not know itself yet, was its holder before it was started again.
        var desired = self?.Standing is ServiceStanding.Up or ServiceStanding.Leaving ? Desired(row, self, members) : row.Holder;
        if (desired is null || desired == row.Holder) keep.Add(row);
        else give.Add(new ServiceHandOver(row, desired, CanWait: self?.Standing == ServiceStanding.Up));
    }

    private static string? Desired(ServiceAddressRow row, ServiceMember? holder, IReadOnlyList<ServiceMember> members)
    {
        var up = members.Where(member => member.Standing == ServiceStanding.Up);
        if (up.Any(member => member.Name == row.Home)) return row.Home;
        return holder?.Standing == ServiceStanding.Up ? holder.Name : Rendezvous.Choose(up, row.Address);
    }
}

/// <param name="To">Null: nobody.</param>
/// <param name="CanWait">The one who gives it stays, and can serve on it for a while yet.</param>
public sealed record ServiceHandOver(ServiceAddressRow Row, string? To, bool CanWait)
{
    public Ipv4Address Address => Row.Address;
}
