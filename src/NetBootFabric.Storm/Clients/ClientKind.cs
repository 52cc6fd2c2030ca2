namespace NetBootFabric.Storm.Clients;

/// <summary>The way of booting that a client begins with; what the server names decides how it goes on.</summary>
internal enum ClientKind
{
    /// <summary>iPXE in the card's ROM: script, kernel and initrd by HTTP.</summary>
    IpxeHttp,
    /// <summary>A plain BIOS PXE ROM whose loader is PXELINUX: all by TFTP.</summary>
    PxelinuxTftp,
    /// <summary>A plain BIOS PXE ROM that loads iPXE by TFTP, which goes on by HTTP.</summary>
    IpxeChain,
    /// <summary>UEFI PXE boot as OVMF does it: shim and GRUB, iPXE or a unified kernel image by TFTP.</summary>
    UefiPxe,
    /// <summary>UEFI HTTP boot as OVMF does it.</summary>
    UefiHttp,
    /// <summary>A BIOS PXE ROM up to its lease.</summary>
    DhcpOnly,
}

internal static class ClientKinds
{
    private static readonly (string Name, ClientKind Kind)[] Names =
    [
        ("ipxe-http", ClientKind.IpxeHttp),
        ("pxelinux-tftp", ClientKind.PxelinuxTftp),
        ("ipxe-chain", ClientKind.IpxeChain),
        ("uefi-pxe", ClientKind.UefiPxe),
        ("uefi-http", ClientKind.UefiHttp),
        ("dhcp-only", ClientKind.DhcpOnly),
    ];

    public static string All => string.Join(", ", Names.Select(one => one.Name));

    public static bool IsUefi(this ClientKind kind) => kind is ClientKind.UefiPxe or ClientKind.UefiHttp;

    public static string Name(this ClientKind kind) => Array.Find(Names, one => one.Kind == kind).Name;

    public static ClientKind? Find(ReadOnlySpan<char> name)
    {
        foreach (var (known, kind) in Names)
            if (name.Equals(known, StringComparison.OrdinalIgnoreCase)) return kind;
        return null;
    }
}
