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

    private static readonly byte[] PxeWanted =
        [1, 2, 3, 4, 5, 6, 11, 12, 13, 15, 16, 17, 18, 43, 54, 60, 66, 67, 128, 129, 130, 131, 132, 133, 134, 135];

    private static readonly byte[] UefiWanted =
        [1, 2, 3, 4, 5, 6, 12, 13, 15, 17, 18, 22, 23, 28, 40, 41, 42, 43, 50, 51, 54, 58, 59, 60, 235, 67, 97];

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

    /// <summary>iPXE as second stage on UEFI.</summary>
    public static DhcpManner IpxeEfi { get; } = IpxeRom with
    {
        VendorClass = "PXEClient:Arch:00007:UNDI:003010",
        Architecture = ClientArchitecture.EfiX64,
        Undi = (3, 10),
    };

    /// <summary>UEFI HTTP boot of OVMF.</summary>
    public static DhcpManner UefiHttp { get; } = new()
    {
        Gaps = PxeGaps,
        Secs = PxeSecs,
        Policy = OfferPolicy.AtTimeout,
        Broadcast = true,
        VendorClass = "HTTPClient:Arch:00016:UNDI:003000",
        Architecture = ClientArchitecture.HttpX64,
        Undi = (3, 0),
        Wanted = UefiWanted,
        AnswerClass = "HTTPClient",
        NeedsBootFile = true,
    };

    private static TimeSpan[] Seconds(params double[] gaps) => [.. gaps.Select(TimeSpan.FromSeconds)];
}
