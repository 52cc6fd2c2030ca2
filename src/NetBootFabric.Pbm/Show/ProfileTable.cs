using System.Globalization;
using NetBootFabric.AdminApi.Catalog;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace NetBootFabric.Pbm.Show;

internal static class ProfileTable
{
    public static IRenderable Render(IReadOnlyList<ProfileView> profiles)
    {
        if (profiles.Count == 0) return new Text("No profiles yet: pbm profile add default kernel=vmlinuz\n");
        var table = new Table().Border(TableBorder.Simple).AddColumns("PROFILE", "KERNEL", "INITRD", "LOADER", "VIA", "NODES", "TEMPLATES", "COMMAND LINE");
        foreach (var profile in profiles)
        {
            var spec = profile.Spec;
            table.AddRow(new Text(spec.Name), new Text(spec.Kernel), new Text(string.Join(' ', spec.Initrd)), new Text(spec.Loader), new Text(spec.Transport), new Text(profile.Nodes.ToString(CultureInfo.InvariantCulture)),
                new Text(string.Join(' ', spec.Templates.Keys.Order(StringComparer.Ordinal))), new Text(spec.Cmdline));
        }
        return table;
    }

    public static IRenderable Page(ProfileView profile)
    {
        var spec = profile.Spec;
        var page = new FactGrid();
        page.Add("Profile", spec.Name);
        page.Add("Kernel", spec.Kernel);
        page.Add("Initrd", string.Join(' ', spec.Initrd));
        page.Add("Command line", spec.Cmdline);
        page.Add("Loader", spec.Loader);
        page.Add("Transport", spec.Transport);
        if (spec.BootFile is { } file) page.Add("Boot file", file);
        if (spec.NextServer is { } next) page.Add("Next server", next);
        if (spec.Options.Count > 0) page.Add("Options", string.Join(' ', spec.Options.OrderBy(each => each.Key, StringComparer.Ordinal).Select(each => $"{each.Key}={each.Value}")));
        page.Add("Nodes", profile.Nodes.ToString(CultureInfo.InvariantCulture));
        page.Add("Revision", profile.Revision.ToString(CultureInfo.InvariantCulture));
        return new Rows([page.Grid, .. spec.Templates.OrderBy(each => each.Key, StringComparer.Ordinal).SelectMany(each => new IRenderable[] { new Text($"\n--- {each.Key}"), new Text(each.Value) })]);
    }
}
