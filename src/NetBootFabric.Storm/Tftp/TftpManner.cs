namespace NetBootFabric.Storm.Tftp;

/// <summary>How one firmware or loader speaks TFTP.</summary>
internal sealed record TftpManner
{
    /// <summary>From each packet to its repetition; after the last the client gives up.</summary>
    public required TimeSpan[] Gaps { get; init; }

    public required ushort BlockSize { get; init; }

    /// <summary>Asks for the file's size.</summary>
    public bool AsksSize { get; init; } = true;

    /// <summary>Asks for the size ahead of the block size.</summary>
    public bool SizeFirst { get; init; }

    /// <summary>Acknowledges again what it has when nothing comes. One that does not leaves it to the server alone.</summary>
    public bool AcknowledgesAgain { get; init; } = true;

    /// <summary>RFC 7440; 0 does not ask for one.</summary>
    public ushort WindowSize { get; init; }

    /// <summary>First asks for the size only and ends that transfer with ERROR 8, then asks for the file from a new port.</summary>
    public bool ProbesSize { get; init; }

    /// <summary>Can't go on when the server does not tell the size.</summary>
    public bool NeedsSize { get; init; }

    /// <summary>As captured, also used by plain BIOS ROMs made of it.</summary>
    public static TftpManner Ipxe { get; } = new()
    {
        Gaps = [.. new[] { 0.35, 0.75, 1.3, 2.9, 5.7, 11 }.Select(TimeSpan.FromSeconds)],
        BlockSize = 1432,
    };

    /// <summary>PXELINUX: the first gaps as captured, then a fifth more each time, 14 s at most, about two minutes in all.</summary>
    public static TftpManner Pxelinux { get; } = new()
    {
        Gaps = [.. new[] { 0.21, 0.15, 0.25 }.Concat(Enumerable.Range(1, 25).Select(time => Math.Min(14, 0.25 * Math.Pow(1.2, time)))).Select(TimeSpan.FromSeconds)],
        BlockSize = 1408,
        SizeFirst = true,
        NeedsSize = true,
    };

    /// <summary>OVMF.</summary>
    public static TftpManner Uefi { get; } = new()
    {
        Gaps = [.. new[] { 4.0, 4, 4, 4, 4, 4 }.Select(TimeSpan.FromSeconds)],
        BlockSize = 1468,
        WindowSize = 4,
        SizeFirst = true,
        ProbesSize = true,
        NeedsSize = true,
    };

    /// <summary>shim, through the firmware's PXE service.</summary>
    public static TftpManner Shim { get; } = Uefi with { BlockSize = 512, AsksSize = false, ProbesSize = false, NeedsSize = false };

    /// <summary>GRUB: forty tries, 0.4 s and each 20 ms longer than the one before. It acknowledges what comes, and else waits.</summary>
    public static TftpManner Grub { get; } = new()
    {
        Gaps = [.. Enumerable.Range(0, 40).Select(time => TimeSpan.FromMilliseconds(400 + 20 * time))],
        BlockSize = 1024,
        AcknowledgesAgain = false,
    };
}
