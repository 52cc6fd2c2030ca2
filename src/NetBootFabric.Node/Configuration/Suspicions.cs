using NetBootFabric.Boot.Rooms;
using NetBootFabric.Node.Catalog;

namespace NetBootFabric.Node.Configuration;

/// <summary>What is allowed but probably not meant: warnings.</summary>
internal sealed class Suspicions(Mistakes mistakes)
{
    /// <param name="files">The root of files; null: don't look on the disk.</param>
    public void Look(IReadOnlyList<SubnetDraft> subnets, CatalogDraft draft, bool isProxy, string? files)
    {
        var profiles = draft.Document.Profiles;
        foreach (var subnet in subnets)
        {
            if (isProxy && subnet.Ranges.Count > 0)
                mistakes.Warn(subnet.Ranges[0].At, "a proxy gives no addresses: the range is not used", "leave it out, or write proxy: false");
            if (profiles.Count > 0 && profiles.All(profile => profile.Name != Profile.DefaultName) && subnet.Subnet.Unknown != UnknownPolicy.Ignore)
                mistakes.Warn(subnet.At, "clients that no node entry names have nothing to boot", "add a profile called default, or write unknown: ignore");
        }
        if (files is null) return;
        for (var i = 0; i < profiles.Count; i++)
        {
            Look(profiles[i].Kernel, "kernel", i);
            for (var j = 0; j < profiles[i].Initrd.Count; j++) Look(profiles[i].Initrd[j], $"initrd/{j}", i);
        }

        void Look(string path, string field, int profile)
        {
            if (!File.Exists(Path.Combine(files, path))) mistakes.Warn(draft.PositionOf(CatalogKind.Profile, profile, field), $"'{path}' is not in {files}", "put it there");
        }
    }

    public void LookForVariables(Room room, CatalogDraft draft)
    {
        foreach (var unset in VariableCheck.Run(room))
        {
            var index = draft.Document.Profiles.TakeWhile(profile => profile.Name != unset.Profile).Count();
            mistakes.Warn(draft.PositionOf(CatalogKind.Profile, index, "cmdline"), unset.Problem, unset.Remedy);
        }
    }
}
