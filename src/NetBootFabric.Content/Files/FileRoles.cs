using System.Collections.Frozen;
using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Loaders;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Content.Paths;

namespace NetBootFabric.Content.Files;

/// <summary>Which phase of a boot a file belongs to: what the profiles name as kernel and initrd, and the loaders.</summary>
internal sealed class FileRoles(IRoomSource rooms)
{
    private sealed record Table(Room Room, FrozenDictionary<string, ContentRole> Roles);

    private volatile Table _table = new(Room.Empty, FrozenDictionary<string, ContentRole>.Empty);

    public ContentRole Of(string path)
    {
        var room = rooms.Current;
        var table = _table;
        if (!ReferenceEquals(table.Room, room)) _table = table = new Table(room, Read(room));
        if (table.Roles.TryGetValue(path, out var role)) return role;
        return LoaderFiles.Find(path) is null ? ContentRole.Other : ContentRole.Loader;
    }

    // A file that is one profile's initrd and another's kernel counts as a kernel.
    private static FrozenDictionary<string, ContentRole> Read(Room room)
    {
        var roles = new Dictionary<string, ContentRole>(StringComparer.Ordinal);
        foreach (var profile in room.Profiles.Values)
        {
            foreach (var initrd in profile.Initrds) Put(roles, initrd, ContentRole.Initrd);
        }
        foreach (var profile in room.Profiles.Values) Put(roles, profile.Kernel, ContentRole.Kernel);
        return roles.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static void Put(Dictionary<string, ContentRole> roles, string path, ContentRole role)
    {
        if (ContentPath.TryNormalise(path, out var normalised)) roles[normalised] = role;
    }
}
