namespace NetBootFabric.Storm.Tftp;

/// <summary>How one firmware or loader speaks TFTP.</summary>
internal sealed record TftpManner
{
    /// <summary>From each packet to its repetition; after the last the client gives up.</summary>
    public required TimeSpan[] Gaps { get; init; }

    public required ushort BlockSize { get; init; }

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
        NeedsSize = true,
    };

    /// <summary>OVMF.</summary>
    public static TftpManner Uefi { get; } = new()
    {
        Gaps = [.. new[] { 4.0, 4, 4, 4, 4, 4 }.Select(TimeSpan.FromSeconds)],
        BlockSize = 1468,
        WindowSize = 4,
        ProbesSize = true,
        NeedsSize = true,
    };
}
