using NetBootFabric.Boot.Content;
using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Transfers;

/// <summary>All that a head node needs to go on with a TFTP transfer that another one began; the client's next ACK tells the rest.</summary>
public sealed record OpenTransfer
{
    public required TransferKey Key { get; init; }

    /// <summary>Whose it is, when known.</summary>
    public MacAddress? Client { get; init; }

    /// <summary>Of the head node that serves it; empty when it does not say.</summary>
    public string Node { get; init; } = "";

    /// <summary>Its number in the reports of the node that began it (<see cref="Events.TransferEvent.Transfer"/>); kept by who goes on.</summary>
    public long Number { get; init; }

    /// <summary>As the client asked for it.</summary>
    public required string Path { get; init; }
    public ContentRole Role { get; init; }

    /// <summary>Octets of the whole.</summary>
    public required long Length { get; init; }

    /// <summary>The content's validator: the same at another node when the file has the same time of modification there.</summary>
    public string ETag { get; init; } = "";

    /// <summary>A hash of parts of the content (<see cref="ContentSample"/>): the same at another node for the same content with another time.</summary>
    public ulong Sample { get; init; }

    /// <summary>Octets of a block.</summary>
    public int BlockSize { get; init; } = 512;

    /// <summary>Blocks that the client acknowledges together.</summary>
    public int WindowSize { get; init; } = 1;

    /// <summary>The interval of repetition that the client asked for; 0: measured.</summary>
    public int TimeoutSeconds { get; init; }

    /// <summary>Which options were agreed on, as bits of the server's own; 0: none.</summary>
    public byte Options { get; init; }

    /// <summary>The last block known to have arrived, counted from 1 without roll-over; 0: none.</summary>
    public long Block { get; init; }
}
