using NetBootFabric.Boot.Rooms;

namespace NetBootFabric.Node.Configuration;

/// <summary>What is allowed but probably not meant: warnings.</summary>
internal sealed class Suspicions(Mistakes mistakes)
{
    /// <param name="files">The root of files; null: don't look on the disk.</param>
    public void Look(IReadOnlyList<SubnetDraft> subnets, IReadOnlyList<ProfileDraft> profiles, bool isProxy, string? files)
    {
        foreach (var subnet in subnets)
        {
            if (isProxy && subnet.Ranges.Count > 0)
                mistakes.Warn(subnet.Ranges[0].At, "a proxy gives no addresses: the range is not used", "leave it out, or write proxy: false");
            if (profiles.Count > 0 && profiles.All(draft => draft.Profile.Name != Profile.DefaultName) && subnet.Subnet.Unknown != UnknownPolicy.Ignore)
                mistakes.Warn(subnet.At, "clients that no node entry names have nothing to boot", "add a profile called default, or write unknown: ignore");
        }
        if (files is null) return;
        foreach (var file in profiles.SelectMany(draft => draft.Files))
        {
            if (!File.Exists(Path.Combine(files, file.Value))) mistakes.Warn(file.At, $"'{file.Value}' is not in {files}", "put it there");
        }
    }
}
