using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Boot.Rooms;

namespace NetBootFabric.Boot.Loaders;

/// <summary>
/// Which boot program a client is told, and what it must know with it, so that one DHCP exchange is enough to reach its kernel.
/// </summary>
public static class LoaderDecision
{
    /// <summary>
    /// Null: there is nothing to boot for this client (no profile, firmware that no loader is made for, or a client that did not ask to boot).
    /// </summary>
    /// <param name="intent">The node entry's, or <see cref="BootIntent.Local"/> once a single boot was served.</param>
    public static LoaderChoice? Choose(DhcpInquiry inquiry, Profile? profile, BootIntent intent, BootServer server)
    {
        if (!inquiry.WantsBoot) return null;
        if (intent == BootIntent.Local) return LocalDisk.Choose(inquiry, server);
        if (profile is null) return null;
        if (RaspberryPi.Is(inquiry)) return intent == BootIntent.Hold ? null : RaspberryPi.Choose(server);
        if (profile.Kernel.Length == 0) return null; // what there is to say of it is said by hand
        if (intent == BootIntent.Hold) return Held(inquiry, profile, server);
        return inquiry.IsIpxe ? ForIpxe(inquiry, profile, server) : ForFirmware(inquiry, profile, server);
    }

    /// <summary>A loader that waits in its script; a unified kernel image has none. Null: no such loader runs on that firmware.</summary>
    private static LoaderChoice? Held(DhcpInquiry inquiry, Profile profile, BootServer server)
    {
        if (profile.Loader == LoaderKind.Uki) profile = profile with { Loader = LoaderKind.Auto };
        var choice = inquiry.IsIpxe ? ForIpxe(inquiry, profile, server) : ForFirmware(inquiry, profile, server);
        return choice is { Loader: LoaderKind.Uki } ? null : choice;
    }

    /// <summary>iPXE in a ROM, or loaded already: its script at once, unless the profile wants another loader after it.</summary>
    private static LoaderChoice ForIpxe(DhcpInquiry inquiry, Profile profile, BootServer server)
    {
        var script = new LoaderChoice
        {
            BootFile = server.ScriptUrl(BootPaths.IpxeScript(inquiry.Client)),
            NextServer = server.Address,
            Options = [LoaderOptions.NoProxyWait],
        };
        if (profile.Loader == LoaderKind.Auto || IsThatLoader(inquiry, profile.Loader)) return script;
        var firmware = Firmwares.Of(inquiry);
        return Fits(profile.Loader, firmware)
            ? Load(profile.Loader, firmware, inquiry, profile, server)
            : script with { Fallback = Reason(profile.Loader, firmware) };
    }

    /// <summary>
    /// A client that is the iPXE which it would be told to load, would load it for ever. An iPXE ROM and undionly send the same options;
    /// what tells them apart is the broadcast flag, which undionly sets since it can't know what the ROM below it receives.
    /// </summary>
    private static bool IsThatLoader(DhcpInquiry inquiry, LoaderKind kind) =>
        kind is LoaderKind.Snponly or LoaderKind.IpxeEfi || (kind == LoaderKind.Undionly && inquiry.BroadcastFlag);

    private static LoaderChoice? ForFirmware(DhcpInquiry inquiry, Profile profile, BootServer server)
    {
        var firmware = Firmwares.Of(inquiry);
        if (profile.Loader != LoaderKind.Auto && Fits(profile.Loader, firmware)) return Load(profile.Loader, firmware, inquiry, profile, server);
        if (UsualFor(firmware) is not { } usual) return null;
        var choice = Load(usual, firmware, inquiry, profile, server);
        return profile.Loader == LoaderKind.Auto ? choice : choice with { Fallback = Reason(profile.Loader, firmware) };
    }

    /// <summary>The loader with which stock firmware needs one exchange only. Shim works with Secure Boot on or off.</summary>
    private static LoaderKind? UsualFor(Firmware firmware) => firmware switch
    {
        Firmware.Bios => LoaderKind.Undionly,
        Firmware.EfiX64 or Firmware.EfiArm64 => LoaderKind.Shim,
        Firmware.HttpX64 or Firmware.HttpArm64 => LoaderKind.Uki,
        _ => null,
    };

    private static bool Fits(LoaderKind kind, Firmware firmware) =>
        kind == LoaderKind.Uki ? firmware is not (Firmware.Bios or Firmware.Unsupported) : !LoaderFiles.For(kind, firmware).IsEmpty;

    private static LoaderChoice Load(LoaderKind kind, Firmware firmware, DhcpInquiry inquiry, Profile profile, BootServer server)
    {
        var file = kind == LoaderKind.Uki ? BootPaths.KernelImage(inquiry.Client) : LoaderFiles.For(kind, firmware)[0].Name;
        var byUrl = inquiry.IsIpxe ? kind == LoaderKind.Uki : inquiry.IsHttpClient;
        return new LoaderChoice
        {
            Loader = kind,
            BootFile = byUrl ? server.Url(file) : file,
            NextServer = server.Address,
            Options = LoaderOptions.For(kind, inquiry, profile, server),
        };
    }

    private static string Reason(LoaderKind kind, Firmware firmware) => $"{kind} does not run on {firmware}";
}
