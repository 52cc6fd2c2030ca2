namespace NetBootFabric.Wire.Tftp;

/// <summary>The option names that are served.</summary>
public static class TftpOption
{
    /// <summary>RFC 2348.</summary>
    public static ReadOnlySpan<byte> BlockSize => "blksize"u8;
    /// <summary>RFC 2349.</summary>
    public static ReadOnlySpan<byte> TransferSize => "tsize"u8;
    /// <summary>RFC 2349.</summary>
    public static ReadOnlySpan<byte> Timeout => "timeout"u8;
    /// <summary>RFC 7440.</summary>
    public static ReadOnlySpan<byte> WindowSize => "windowsize"u8;

    /// <summary>RFC 1350: octets of data in a block without the option.</summary>
    public const ushort DefaultBlock = 512;
    public const ushort SmallestBlock = 8;
    public const ushort LargestBlock = 65464;
}
