using NetBootFabric.Boot.Rooms;

namespace NetBootFabric.Boot.Clients;

/// <summary>What a client is to boot now, by all that the operator said and the client did: the one answer for DHCP, scripts and images.</summary>
/// <param name="Profile">Null: there is none for it.</param>
/// <param name="Order">What this boot serves when its system reports.</param>
public readonly record struct BootPlan(Profile? Profile, BootIntent Intent, BootOrder Order = default)
{
    /// <param name="node">Its node entry; null: none names it.</param>
    /// <param name="state">Null: it was never heard of.</param>
    public static BootPlan Of(Room room, NodeEntry? node, ClientState? state)
    {
        if (node?.Next is { } next && node.NextOrder > (state?.NextServed ?? 0) && room.Profiles.TryGetValue(next, out var profile))
            return new BootPlan(profile, BootIntent.Always, new BootOrder(BootOrderKind.Next, node.NextOrder));
        var intent = state?.IntentOf(node) ?? node?.Intent ?? BootIntent.Always;
        return new BootPlan(room.ProfileOf(node), intent, intent == BootIntent.Once ? new BootOrder(BootOrderKind.Once, node!.IntentOrder) : default);
    }

    /// <summary>The profile, where it is not that of the node entry.</summary>
    public Profile? Ordered => Order.Kind == BootOrderKind.Next ? Profile : null;
}

/// <summary>Something that the operator wants done by one boot.</summary>
/// <param name="Number">A later one is to be done again.</param>
public readonly record struct BootOrder(BootOrderKind Kind, long Number);

public enum BootOrderKind
{
    None,

    /// <summary>The intent to boot from the network once.</summary>
    Once,

    /// <summary>A profile for one boot.</summary>
    Next,
}
