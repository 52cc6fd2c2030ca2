using NetBootFabric.Storm.Dhcp;
using NetBootFabric.Storm.Http;
using NetBootFabric.Storm.Network;
using NetBootFabric.Storm.Tftp;

namespace NetBootFabric.Storm.Clients;

/// <summary>
/// What a client does from power-on to booted, step by step; each step's outcome stands in the step when the course is asked for the next.
/// This part is the firmware; the loaders stand in the other ones.
/// </summary>
internal sealed partial class BootCourse(ClientKind kind, Station station, CourseSettings settings)
{
    private bool _booted;
    private string _commandLine = "";
    private Failure _lastFailure;

    public IEnumerable<Step> Run()
    {
        var manner = FirmwareOf(kind);
        var dhcp = Ask(manner);
        yield return dhcp;
        if (kind == ClientKind.DhcpOnly) yield break;
        foreach (var step in kind switch
        {
            ClientKind.IpxeHttp => Ipxe(dhcp.Lease!, manner),
            ClientKind.UefiHttp => UefiHttp(dhcp.Lease!),
            ClientKind.UefiPxe => UefiPxe(dhcp.Lease!),
            _ => BiosPxe(dhcp.Lease!),
        }) yield return step;
        if (!_booted)
            yield return new DeadEnd(_lastFailure.Step != FailureStep.None ? _lastFailure : new Failure(FailureStep.Script, "the script ends without booting anything"));
        foreach (var step in BootedSystem()) yield return step;
    }

    /// <summary>The ROM loads a program by TFTP and runs it.</summary>
    private IEnumerable<Step> BiosPxe(Lease lease)
    {
        station.Announce();
        if (BootUrl.OfBootFile(lease.BootFile, lease.BootServer) is not { IsHttp: false } url)
        {
            yield return DeadEnd($"a PXE ROM can't load '{lease.BootFile}'");
            yield break;
        }
        foreach (var step in Fetch(url, Loading(Milestone.Loader) with { Tftp = TftpManner.Ipxe })) yield return step;
        foreach (var step in Loader(url, lease)) yield return step;
    }

    /// <summary>The firmware asks for the size, then for the program, by TFTP.</summary>
    private IEnumerable<Step> UefiPxe(Lease lease)
    {
        if (BootUrl.OfBootFile(lease.BootFile, lease.BootServer) is not { IsHttp: false } url)
        {
            yield return DeadEnd($"UEFI PXE boot can't load '{lease.BootFile}'");
            yield break;
        }
        foreach (var step in Fetch(url, Loading(Milestone.Loader) with { Tftp = TftpManner.Uefi, Image = true })) yield return step;
        foreach (var step in Loader(url, lease)) yield return step;
    }

    /// <summary>The firmware asks for the size, then for the image, on one connection.</summary>
    private IEnumerable<Step> UefiHttp(Lease lease)
    {
        if (BootUrl.OfBootFile(lease.BootFile, lease.BootServer) is not { IsHttp: true } url)
        {
            yield return DeadEnd($"UEFI HTTP boot can't load '{lease.BootFile}'");
            yield break;
        }
        foreach (var step in Fetch(url, new Wish { Http = HttpManner.Uefi, HeadOnly = true })) yield return step;
        foreach (var step in Fetch(url, Loading(Milestone.Loader) with { Http = HttpManner.Uefi, Image = true })) yield return step;
        foreach (var step in Loader(url, lease)) yield return step;
    }

    /// <summary>What was loaded runs; its name tells what it is, and for other names the kind of client does.</summary>
    private IEnumerable<Step> Loader(BootUrl loaded, Lease lease)
    {
        station.Disconnect();
        var name = loaded.Path[(loaded.Path.LastIndexOf('/') + 1)..];
        if (Has(name, "undionly") || Has(name, "ipxe") || Has(name, "snponly")) return SecondIpxe(lease);
        if (Has(name, "pxelinux")) return Pxelinux(loaded, lease);
        if (kind == ClientKind.UefiPxe && (Has(name, "shim") || Has(name, "bootx64"))) return Shim(loaded);
        if (kind == ClientKind.UefiPxe && Has(name, "grub")) return Grub(loaded);
        if (Has(name, "shim") || Has(name, "grub")) return [DeadEnd($"{name} has no address after HTTP boot: it ends at a prompt")];
        return kind switch
        {
            ClientKind.PxelinuxTftp => Pxelinux(loaded, lease),
            ClientKind.IpxeChain => SecondIpxe(lease),
            ClientKind.UefiHttp or ClientKind.UefiPxe => Image(),
            _ => [DeadEnd($"{name} is not simulated")],
        };
    }

    /// <summary>A unified kernel image: kernel, initrd and command line in one, no loader at all.</summary>
    private Step[] Image()
    {
        _commandLine = _image?.CommandLine ?? "";
        _booted = true;
        return [];
    }

    private DhcpDialogue Ask(DhcpManner manner)
    {
        station.Reset();
        if (settings.WithoutShortcuts) manner = manner with { HeedsNoProxy = false };
        return new(station, settings.Eager ? manner with { Policy = OfferPolicy.AtOnce } : manner);
    }

    private static bool Has(string name, string part) => name.Contains(part, StringComparison.OrdinalIgnoreCase);

    private static DeadEnd DeadEnd(string why) => new(new Failure(FailureStep.Script, why));

    private static DhcpManner FirmwareOf(ClientKind kind) => kind switch
    {
        ClientKind.IpxeHttp => DhcpManners.IpxeRom,
        ClientKind.UefiHttp => DhcpManners.UefiHttp,
        ClientKind.UefiPxe => DhcpManners.UefiPxe,
        ClientKind.DhcpOnly => DhcpManners.LeaseOnly,
        _ => DhcpManners.BiosPxe,
    };
}
