using NetBootFabric.AdminApi.Catalog;
using NetBootFabric.Boot.Clients;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Wire;

namespace NetBootFabric.Node.Catalog;

/// <summary>From the catalog and the room that came of it to what the admin API shows. Pure.</summary>
internal static class CatalogViews
{
    /// <param name="state">What is known of the client; null: nothing.</param>
    public static NodeView Node(CatalogItem<NodeSpec> item, Room room, ClientState? state)
    {
        var entry = MacAddress.TryParse(item.Spec.Mac, out var mac) ? room.NodeOf(mac) : null;
        return new NodeView(item.Spec, item.Revision, new EffectiveNode
        {
            Groups = entry is null ? [] : [.. entry.Groups],
            Profile = entry?.Profile,
            Intent = SpecWords.Of(entry?.Intent ?? BootIntent.Always),
            Vars = entry?.Variables ?? item.Spec.Vars,
            Next = entry is not null && entry.NextOrder > (state?.NextServed ?? 0) ? entry.Next : null,
            Bmc = entry?.Bmc is { } bmc ? new BmcSpec(bmc.Address, bmc.Protocol, bmc.Credentials) : null,
        });
    }

    public static IReadOnlyList<GroupView> Groups(CatalogState catalog, Room room)
    {
        var members = room.Machines.SelectMany(node => node.Groups).CountBy(name => name).ToDictionary();
        return [.. catalog.Groups.Values.OrderBy(item => item.Spec.Name, StringComparer.Ordinal).Select(item => new GroupView(item.Spec, item.Revision, members.GetValueOrDefault(item.Spec.Name)))];
    }

    public static IReadOnlyList<ProfileView> Profiles(CatalogState catalog, Room room)
    {
        var users = room.Machines.CountBy(node => node.Profile ?? Profile.DefaultName).ToDictionary();
        return [.. catalog.Profiles.Values.OrderBy(item => item.Spec.Name, StringComparer.Ordinal).Select(item => new ProfileView(item.Spec, item.Revision, users.GetValueOrDefault(item.Spec.Name)))];
    }
}
