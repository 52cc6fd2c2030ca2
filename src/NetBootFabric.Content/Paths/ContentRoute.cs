using NetBootFabric.Boot.Content;
using NetBootFabric.Wire;

namespace NetBootFabric.Content.Paths;

/// <summary>What a normalised path stands for.</summary>
/// <param name="Client">Null: whoever has the peer's address.</param>
/// <param name="Name">Of a template.</param>
internal readonly record struct ContentRoute(RouteKind Kind, MacAddress? Client = null, string? Name = null)
{
    private const string PxelinuxFolder = "pxelinux.cfg/";

    public static ContentRoute Of(string path) => path switch
    {
        "autoexec.ipxe" => new(RouteKind.IpxeScript), // iPXE 2.0 asks for it beside its loader
        "grub/grub.cfg" => new(RouteKind.GrubConfig),
        _ when path.StartsWith(BootPaths.Prefix, StringComparison.Ordinal) => OfClient(path.AsSpan(BootPaths.Prefix.Length)),
        _ when path.StartsWith(PxelinuxFolder, StringComparison.Ordinal) => OfPxelinux(path.AsSpan(PxelinuxFolder.Length)),
        _ => new(RouteKind.File),
    };

    // A folder called boot/ may hold plain files too, as long as its parts are no MAC addresses.
    private static ContentRoute OfClient(ReadOnlySpan<char> rest)
    {
        var slash = rest.IndexOf('/');
        if (slash < 0 || !MacAddress.TryParse(rest[..slash], out var client)) return new(RouteKind.File);
        return rest[(slash + 1)..] switch
        {
            "boot.ipxe" => new(RouteKind.IpxeScript, client),
            "grub.cfg" => new(RouteKind.GrubConfig, client),
            "boot.efi" => new(RouteKind.KernelImage, client),
            { Length: > 0 } name when !name.Contains('/') => new(RouteKind.Template, client, name.ToString()),
            _ => new(RouteKind.Nothing),
        };
    }

    // PXELINUX asks for the machine's UUID, 01- and its MAC address, its IP address in eight to one hexadecimal digits, then default.
    private static ContentRoute OfPxelinux(ReadOnlySpan<char> name)
    {
        if (name is "default") return new(RouteKind.PxelinuxConfig);
        if (name.StartsWith("01-") && MacAddress.TryParse(name[3..], out var client)) return new(RouteKind.PxelinuxConfig, client);
        return IsHexadecimal(name) || Guid.TryParse(name, out _) ? new(RouteKind.Nothing) : new(RouteKind.File);
    }

    private static bool IsHexadecimal(ReadOnlySpan<char> name)
    {
        foreach (var c in name)
        {
            if (!char.IsAsciiHexDigit(c)) return false;
        }
        return name.Length is > 0 and <= 8;
    }
}

internal enum RouteKind
{
    File,
    IpxeScript,
    PxelinuxConfig,
    GrubConfig,
    KernelImage,

    /// <summary>A file that the client's profile has a template of.</summary>
    Template,

    /// <summary>Known not to be there, whatever the root holds.</summary>
    Nothing,
}
