namespace NetBootFabric.Tftp.Transfers;

/// <summary>Options that the client asked for and that we accept; the OACK names these and no others (RFC 2347).</summary>
[Flags]
public enum AgreedOptions : byte
{
    None = 0,
    BlockSize = 1,
    Timeout = 2,
    TransferSize = 4,
    WindowSize = 8,
}

/// <summary>How one file goes to one client.</summary>
public readonly record struct TransferTerms
{
    /// <summary>RFC 1350: the size without options.</summary>
    public const int DefaultBlockSize = 512;

    /// <summary>RFC 2348: 8 to 65464 octets.</summary>
    public const int MinBlockSize = 8, MaxBlockSize = 65464;

    public TransferTerms() { }

    public int BlockSize { get; init; } = DefaultBlockSize;

    /// <summary>Blocks that the client acknowledges together (RFC 7440); 1 is lock step.</summary>
    public int WindowSize { get; init; } = 1;

    /// <summary>The interval that the client wants between retransmissions (RFC 2349); null: measured.</summary>
    public TimeSpan? Timeout { get; init; }

    public AgreedOptions Agreed { get; init; }
}
