using System.CommandLine;
using NetBootFabric.AdminApi.Catalog;
using NetBootFabric.Pbm.Api;
using NetBootFabric.Pbm.Show;

namespace NetBootFabric.Pbm.Commands.Catalog;

internal static class ProfileCommand
{
    public static Command Build(CommonOptions common) => new("profile", "Profiles: what nodes boot")
    {
        List(common),
        Show(common),
        Add(common),
        Set(common),
        Remove(common),
    };

    private static Argument<string> Name() => new("profile") { Description = "Name of the profile" };

    private static Option<string[]> Templates() => new("--template") { Description = "NAME=FILE: the template NAME is what FILE holds; NAME= takes it away. boot.ipxe, grub.cfg and pxelinux.cfg are the loaders' scripts" };

    private static Command List(CommonOptions common)
    {
        var command = new Command("list", "A table of all profiles");
        command.SetAction((parsed, cancellation) => common.ShowAsync(parsed, CatalogRoutes.Profiles, CatalogJson.Default.IReadOnlyListProfileView, ProfileTable.Render, cancellation));
        return command;
    }

    private static Command Show(CommonOptions common)
    {
        var name = Name();
        var command = new Command("show", "One profile, with its templates") { name };
        command.SetAction((parsed, cancellation) => common.ShowAsync(parsed, Change.Path(CatalogRoutes.Profile, parsed.GetValue(name)!, false), CatalogJson.Default.ProfileView, ProfileTable.Page, cancellation));
        return command;
    }

    private static Command Add(CommonOptions common)
    {
        var (name, settings, templates, dryRun) = (Name(), Change.Settings(), Templates(), Change.DryRun());
        var command = new Command("add", "A new profile: pbm profile add rescue kernel=rescue/vmlinuz initrd=rescue/initrd.img cmdline='console=ttyS0 rescue'") { name, settings, templates, dryRun };
        command.SetAction((parsed, cancellation) => common.RunAsync(parsed, (client, json) =>
        {
            var profile = Edit(new ProfileSpec { Name = parsed.GetValue(name)!, Kernel = "" }, parsed.GetValue(settings)!, parsed.GetValue(templates));
            return Change.SendNewAsync(client, json, Change.Path(CatalogRoutes.Profile, profile.Name, parsed.GetValue(dryRun)), Body(profile), cancellation);
        }));
        return command;
    }

    private static Command Set(CommonOptions common)
    {
        var (name, settings, templates, dryRun, revision) = (Name(), Change.Settings(), Templates(), Change.DryRun(), Change.IfRevision());
        var command = new Command("set", "Changes a profile: pbm profile set default cmdline='console=ttyS0 quiet'") { name, settings, templates, dryRun, revision };
        command.SetAction((parsed, cancellation) => common.RunAsync(parsed, async (client, json) =>
        {
            var path = Change.Path(CatalogRoutes.Profile, parsed.GetValue(name)!, false);
            var there = await client.GetAsync(path, CatalogJson.Default.ProfileView, cancellation);
            var profile = Edit(there.Spec, parsed.GetValue(settings)!, parsed.GetValue(templates));
            return await Change.SendAsync(client, json, HttpMethod.Put, Change.Path(CatalogRoutes.Profile, profile.Name, parsed.GetValue(dryRun)), Body(profile), parsed.GetValue(revision) ?? Change.Revision(there.Revision), cancellation);
        }));
        return command;
    }

    private static Command Remove(CommonOptions common)
    {
        var (name, dryRun, revision) = (Name(), Change.DryRun(), Change.IfRevision());
        var command = new Command("rm", "Removes a profile that nobody boots") { name, dryRun, revision };
        command.SetAction((parsed, cancellation) => common.RunAsync(parsed, (client, json) =>
            Change.SendAsync(client, json, HttpMethod.Delete, Change.Path(CatalogRoutes.Profile, parsed.GetValue(name)!, parsed.GetValue(dryRun)), null, parsed.GetValue(revision), cancellation)));
        return command;
    }

    private static HttpContent Body(ProfileSpec profile) => AdminClient.Json(profile, CatalogJson.Default.ProfileSpec);

    private static ProfileSpec Edit(ProfileSpec profile, IEnumerable<string> settings, IEnumerable<string>? templates)
    {
        foreach (var (key, value) in Change.Pairs(settings))
        {
            profile = key switch
            {
                "kernel" => profile with { Kernel = value ?? "" },
                "initrd" => profile with { Initrd = value?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [] },
                "cmdline" => profile with { Cmdline = value ?? "" },
                "loader" => profile with { Loader = value ?? "auto" },
                "transport" => profile with { Transport = value ?? "http" },
                "boot_file" => profile with { BootFile = value },
                "next_server" => profile with { NextServer = value },
                _ when key.StartsWith("options.", StringComparison.Ordinal) => profile with { Options = Change.With(profile.Options, key["options.".Length..], value) },
                _ => throw Change.NoKey(key, "a profile", "kernel, initrd, cmdline, loader, transport, boot_file, next_server or options.NAME"),
            };
        }
        foreach (var (name, file) in Change.Pairs(templates ?? [])) profile = profile with { Templates = Change.With(profile.Templates, name, file is null ? null : Read(file)) };
        return profile;
    }

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new AdminException($"the template can't be read: {unreadable.Message}", AdminException.Refused);
        }
    }
}
