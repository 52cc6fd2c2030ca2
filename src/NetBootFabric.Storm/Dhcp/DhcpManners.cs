using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Storm.Dhcp;

/// <summary>The firmwares and loaders that speak DHCP.</summary>
internal static class DhcpManners
{
    private static readonly TimeSpan[] PxeGaps = Seconds(4, 8, 16, 32);
    private static readonly ushort[] PxeSecs = [0, 4, 12, 28];

    private static readonly byte[] IpxeWanted =
        [1, 3, 6, 7, 12, 15, 17, 26, 43, 60, 66, 67, 119, 128, 129, 130, 131, 132, 133, 134, 135, 175, 203];

    // Option 175 of a build with HTTP, TFTP, PXE, bzImage and menus, as Debian's iPXE sends it.
    private static readonly byte[] IpxeFeatures = Convert.FromHexString(
        "b105011af41000eb03010000170101220101130101110101270101190101290101100102210101150101180101120101");

    // The builds for UEFI, in the order of their features.
    private static readonly byte[] SnponlyFeatures = Convert.FromHexString("b105011af41000eb03010000170101240101130101110101270101290101150101120101");
    private static readonly byte[] IpxeEfiFeatures = Convert.FromHexString("b105011af41000eb030100001701012401011301011101012701012901011501011b0101120101");

    private static readonly byte[] PxeWanted =
        [1, 3, 6, 7, 12, 15, 17, 26, 42, 43, 60, 66, 67, 119, 121, 128, 129, 130, 131, 132, 133, 134, 135];

    private static readonly byte[] UefiPxeWanted =
        [1, 2, 3, 4, 5, 6, 12, 13, 15, 17, 18, 22, 23, 28, 40, 41, 42, 43, 50, 51, 54, 58, 59, 60, 66, 67, 97, 128, 129, 130, 131, 132, 133, 134, 135];

    private static readonly byte[] UefiHttpWanted =
        [1, 2, 3, 4, 5, 6, 12, 13, 15, 17, 18, 22, 23, 28, 40, 41, 42, 43, 50, 51, 54, 58, 59, 60, 235, 67, 97];

    private static readonly byte[] UdhcpcWanted = [1, 3, 6, 12, 15, 28, 42];

    /// <summary>A plain BIOS PXE ROM (PXE 2.1).</summary>
    public static DhcpManner BiosPxe { get; } = new()
    {
        Gaps = PxeGaps,
        Secs = PxeSecs,
        Policy = OfferPolicy.AtTimeout,
        Broadcast = true,
        VendorClass = "PXEClient:Arch:00000:UNDI:002001",
        Architecture = ClientArchitecture.BiosX86,
        Undi = (2, 1),
        Wanted = PxeWanted,
        HasClientIdentifier = true,
        NeedsBootFile = true,
    };

    /// <summary>The same up to its lease only, and asks for it at once: to load the server, not to be real.</summary>
    public static DhcpManner LeaseOnly { get; } = BiosPxe with { Policy = OfferPolicy.AtOnce, NeedsBootFile = false };

    public static DhcpManner IpxeRom { get; } = new()
    {
        Gaps = Seconds(1, 2.1, 4, 8),
        Secs = [4, 10, 18, 32],
        Policy = OfferPolicy.IpxeProxyWait,
        Broadcast = false,
        VendorClass = "PXEClient:Arch:00000:UNDI:002001",
        Architecture = ClientArchitecture.BiosX86,
        Undi = (2, 1),
        Wanted = IpxeWanted,
        IpxeFeatures = IpxeFeatures,
        HasClientIdentifier = true,
    };

    /// <summary>iPXE as second stage over a ROM's UNDI: it can't know what that receives, so it asks for broadcasts.</summary>
    public static DhcpManner Undionly { get; } = IpxeRom with { Broadcast = true };

    /// <summary>snponly.efi: iPXE as second stage over UEFI's network protocol.</summary>
    public static DhcpManner Snponly { get; } = IpxeRom with
    {
        VendorClass = "PXEClient:Arch:00007:UNDI:003010",
        Architecture = ClientArchitecture.EfiX64,
        Undi = (3, 10),
        IpxeFeatures = SnponlyFeatures,
    };

    /// <summary>ipxe.efi: the same with drivers of its own.</summary>
    public static DhcpManner IpxeEfi { get; } = Snponly with { IpxeFeatures = IpxeEfiFeatures };

    /// <summary>PXE boot of OVMF.</summary>
    public static DhcpManner UefiPxe { get; } = new()
    {
        Gaps = PxeGaps,
        Secs = PxeSecs,
        Policy = OfferPolicy.AtTimeout,
        Broadcast = true,
        VendorClass = "PXEClient:Arch:00007:UNDI:003000",
        Architecture = ClientArchitecture.EfiX64,
        Undi = (3, 0),
        RequestMessageSize = 65280, // as captured
        Wanted = UefiPxeWanted,
        NeedsBootFile = true,
    };

    /// <summary>UEFI HTTP boot of OVMF.</summary>
    public static DhcpManner UefiHttp { get; } = UefiPxe with
    {
        VendorClass = "HTTPClient:Arch:00016:UNDI:003000",
        Architecture = ClientArchitecture.HttpX64,
        RequestMessageSize = 1472,
        Wanted = UefiHttpWanted,
        AnswerClass = "HTTPClient",
    };

    /// <summary>BusyBox in the booted system: three tries, a pause of twenty seconds, and again.</summary>
    public static DhcpManner Udhcpc { get; } = new()
    {
        Gaps = Seconds(3, 3, 23, 3, 3, 23, 3, 3, 23, 3, 3, 23),
        Secs = new ushort[12],
        Policy = OfferPolicy.AtOnce,
        Broadcast = false,
        VendorClass = "udhcp 1.35.0",
        Architecture = null,
        MessageSize = 576,
        RequestMessageSize = 576,
        Wanted = UdhcpcWanted,
        HasClientIdentifier = true,
    };

    private static TimeSpan[] Seconds(params double[] gaps) => [.. gaps.Select(TimeSpan.FromSeconds)];
}
