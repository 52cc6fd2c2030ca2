using System.CommandLine;
using NetBootFabric.AdminApi.Catalog;
using NetBootFabric.Pbm.Show;

namespace NetBootFabric.Pbm.Commands.Catalog;

internal static class GroupCommand
{
    public static Command Build(CommonOptions common) => new("group", "Groups: what nodes have in common; a node's own word counts more")
    {
        List(common),
        Show(common),
        Add(common),
        Set(common),
        Remove(common),
    };

    private static Argument<string> Name() => new("group") { Description = "Name of the group" };

    private static Command List(CommonOptions common)
    {
        var command = new Command("list", "A table of all groups");
        command.SetAction((parsed, cancellation) => common.ShowAsync(parsed, CatalogRoutes.Groups, CatalogJson.Default.IReadOnlyListGroupView, GroupTable.Render, cancellation));
        return command;
    }

    private static Command Show(CommonOptions common)
    {
        var name = Name();
        var command = new Command("show", "One group") { name };
        command.SetAction((parsed, cancellation) => common.ShowAsync(parsed, Change.Path(CatalogRoutes.Group, parsed.GetValue(name)!, false), CatalogJson.Default.GroupView, GroupTable.Page, cancellation));
        return command;
    }

    private static Command Add(CommonOptions common)
    {
        var (name, settings, dryRun) = (Name(), Change.Settings(), Change.DryRun());
        var command = new Command("add", "A new group: pbm group add rack1 parent=room4 profile=default vars.rack=r1") { name, settings, dryRun };
        command.SetAction((parsed, cancellation) => common.RunAsync(parsed, (client, json) =>
        {
            var group = Edit(new GroupSpec { Name = parsed.GetValue(name)! }, parsed.GetValue(settings)!);
            return Change.SendNewAsync(client, json, Change.Path(CatalogRoutes.Group, group.Name, parsed.GetValue(dryRun)), Body(group), cancellation);
        }));
        return command;
    }

    private static Command Set(CommonOptions common)
    {
        var (name, settings, dryRun, revision) = (Name(), Change.Settings(), Change.DryRun(), Change.IfRevision());
        var command = new Command("set", "Changes a group: pbm group set rack1 intent=hold vars.console=ttyS1") { name, settings, dryRun, revision };
        command.SetAction((parsed, cancellation) => common.RunAsync(parsed, async (client, json) =>
        {
            var path = Change.Path(CatalogRoutes.Group, parsed.GetValue(name)!, false);
            var there = await client.GetAsync(path, CatalogJson.Default.GroupView, cancellation);
            var group = Edit(there.Spec, parsed.GetValue(settings)!);
            return await Change.SendAsync(client, json, HttpMethod.Put, Armed(Change.Path(CatalogRoutes.Group, group.Name, parsed.GetValue(dryRun)), parsed.GetValue(settings)!), Body(group), parsed.GetValue(revision) ?? Change.Revision(there.Revision), cancellation);
        }));
        return command;
    }

    private static Command Remove(CommonOptions common)
    {
        var (name, dryRun, revision) = (Name(), Change.DryRun(), Change.IfRevision());
        var command = new Command("rm", "Removes a group that no node and no group is in") { name, dryRun, revision };
        command.SetAction((parsed, cancellation) => common.RunAsync(parsed, (client, json) =>
            Change.SendAsync(client, json, HttpMethod.Delete, Change.Path(CatalogRoutes.Group, parsed.GetValue(name)!, parsed.GetValue(dryRun)), null, parsed.GetValue(revision), cancellation)));
        return command;
    }

    /// <summary>An intent that is given counts anew, also when it is the one that was there.</summary>
    private static string Armed(string path, IEnumerable<string> settings) =>
        settings.Any(setting => setting.StartsWith("intent=", StringComparison.Ordinal)) ? $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}arm=true" : path;

    private static HttpContent Body(GroupSpec group) => Api.AdminClient.Json(group, CatalogJson.Default.GroupSpec);

    private static GroupSpec Edit(GroupSpec group, IEnumerable<string> settings)
    {
        foreach (var (key, value) in Change.Pairs(settings))
        {
            group = key switch
            {
                "parent" => group with { Parent = value },
                "profile" => group with { Profile = value },
                "intent" => group with { Intent = value },
                "bmc.protocol" => group with { Bmc = new BmcSpec(null, value, group.Bmc?.Credentials) },
                "bmc.credentials" => group with { Bmc = new BmcSpec(null, group.Bmc?.Protocol, value) },
                _ when key.StartsWith("vars.", StringComparison.Ordinal) => group with { Vars = Change.With(group.Vars, key["vars.".Length..], value) },
                "boot_file" => group with { BootFile = value },
                "next_server" => group with { NextServer = value },
                _ when key.StartsWith("options.", StringComparison.Ordinal) => group with { Options = Change.With(group.Options, key["options.".Length..], value) },
                _ => throw Change.NoKey(key, "a group", "parent, profile, intent, vars.NAME, boot_file, next_server, options.NAME, bmc.protocol or bmc.credentials"),
            };
        }
        return group;
    }
}
