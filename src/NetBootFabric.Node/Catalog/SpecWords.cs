using NetBootFabric.Boot.Rooms;

namespace NetBootFabric.Node.Catalog;

/// <summary>What the operator's words for choices mean.</summary>
internal static class SpecWords
{
    public static readonly IReadOnlyDictionary<string, BootIntent> Intents = new Dictionary<string, BootIntent>
    {
        ["always"] = BootIntent.Always,
        ["once"] = BootIntent.Once,
        ["local"] = BootIntent.Local,
        ["hold"] = BootIntent.Hold,
    };

    public static readonly IReadOnlyDictionary<string, LoaderKind> Loaders = new Dictionary<string, LoaderKind>
    {
        ["auto"] = LoaderKind.Auto,
        ["undionly"] = LoaderKind.Undionly,
        ["snponly"] = LoaderKind.Snponly,
        ["ipxe-efi"] = LoaderKind.IpxeEfi,
        ["pxelinux"] = LoaderKind.Pxelinux,
        ["lpxelinux"] = LoaderKind.Lpxelinux,
        ["grub"] = LoaderKind.Grub,
        ["shim"] = LoaderKind.Shim,
        ["uki"] = LoaderKind.Uki,
    };

    public static readonly IReadOnlyDictionary<string, Transport> Transports = new Dictionary<string, Transport>
    {
        ["http"] = Transport.Http,
        ["tftp"] = Transport.Tftp,
    };

    public static readonly IReadOnlyList<string> Protocols = ["redfish", "ipmi"];

    public static string Of(BootIntent intent) => intent.ToString().ToLowerInvariant();
}
