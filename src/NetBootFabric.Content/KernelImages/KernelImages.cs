using System.Collections.Concurrent;
using System.Text;
using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Boot.Scripts;
using NetBootFabric.Content.Files;
using NetBootFabric.Wire;

namespace NetBootFabric.Content.KernelImages;

/// <summary>Unified kernel images, one layout a profile, the command line overlaid for each client.</summary>
internal sealed class KernelImages(ContentFolder folder)
{
    private sealed record Known(string Stamp, KernelImageLayout Layout);

    // By profile name: as many as the operator wrote. A profile that is renamed leaves its layout (some 90 kB) behind.
    private readonly ConcurrentDictionary<string, Known> _layouts = new(StringComparer.Ordinal);

    public ContentResult Open(BootTarget target, Ipv4Address server)
    {
        // No image ends at once and gives way to the disk: without one, firmware goes on by itself.
        if (target.Intent is BootIntent.Local or BootIntent.Hold) return ContentError.NotFound;
        var commandLine = KernelCommandLine.Render(target, server);
        if (!commandLine.Succeeded) return new(null, ContentError.Misconfigured, commandLine.Error);
        // The stub takes what is before the first NUL.
        if (commandLine.Text.Length >= KernelImageLayout.CommandLineSize)
            return new(null, ContentError.Misconfigured, $"the command line is longer than the {KernelImageLayout.CommandLineSize - 1} characters that a unified kernel image holds");
        if (KernelImageParts.Open(folder, target.Profile, out var failure) is not { } parts) return failure;
        if (LayoutOf(target.Profile, parts) is { } layout) return Compose(layout, commandLine.Text, parts, target.Mac);
        parts.Dispose();
        return new(null, ContentError.Misconfigured, $"kernel and initrds of profile '{target.Profile.Name}' do not fit into one image with {parts.Stub.Path}");
    }

    private static KernelImageContent Compose(KernelImageLayout layout, string commandLine, KernelImageParts parts, MacAddress client)
    {
        var section = new byte[KernelImageLayout.CommandLineSize];
        Encoding.ASCII.GetBytes(commandLine, section);
        return new KernelImageContent(layout, section, parts, ContentTag.Of($"{parts.Stamp} {commandLine}")) { Client = client };
    }

    private KernelImageLayout? LayoutOf(Profile profile, KernelImageParts parts)
    {
        if (_layouts.TryGetValue(profile.Name, out var known) && known.Stamp == parts.Stamp) return known.Layout;
        var stub = new byte[parts.Stub.Stamp.Length];
        if (parts.Stub.Read(0, stub) < stub.Length) return null;
        var layout = KernelImageLayout.Create(stub, parts.Kernel.Stamp.Length, parts.InitrdLength);
        if (layout is not null) _layouts[profile.Name] = new Known(parts.Stamp, layout);
        return layout;
    }
}
