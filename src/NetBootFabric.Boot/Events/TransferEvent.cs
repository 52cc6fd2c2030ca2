using NetBootFabric.Boot.Content;
using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Events;

public enum TransferProtocol { Tftp, Http }

public enum TransferStage
{
    Started,

    /// <summary>At most about one a second for a transfer.</summary>
    Progress,
    Done,

    /// <summary>The client ended it on purpose: a tsize probe (ERROR 8 or 0 after OACK), a closed HTTP connection after HEAD. No failure.</summary>
    Aborted,
    Failed,
}

public enum TransferFailure
{
    None,
    NotFound,
    BadPath,
    AccessDenied,

    /// <summary>The client stopped acknowledging.</summary>
    TimedOut,

    /// <summary>The client sent a TFTP ERROR, or closed the connection in the middle.</summary>
    ClientError,

    /// <summary>Write request, unknown opcode, option out of range.</summary>
    IllegalRequest,
    ReadError,
    TooBusy,
    UnknownClient,

    /// <summary>The profile or a variable of the node is wrong; the detail says what to change.</summary>
    Misconfigured,
}

/// <summary>One step of one download.</summary>
public sealed record TransferEvent
{
    public required TransferStage Stage { get; init; }
    public required TransferProtocol Protocol { get; init; }
    public required Ipv4Address Peer { get; init; }

    /// <summary>Null: found by the peer's lease.</summary>
    public MacAddress? Client { get; init; }
    public required string Path { get; init; }
    public ContentRole Role { get; init; }

    /// <summary>Bytes acknowledged or written so far.</summary>
    public long Bytes { get; init; }

    /// <summary>The whole; null when not known.</summary>
    public long? Length { get; init; }
    public int Retransmissions { get; init; }

    /// <summary>Every block was sent, acknowledged or not.</summary>
    public bool IsAllSent { get; init; }
    public TransferFailure Failure { get; init; }

    /// <summary>What the client said (TFTP ERROR message), or the system.</summary>
    public string? Detail { get; init; }

    /// <summary>Names this download among the head node's, so that Started and Done can be matched.</summary>
    public long Transfer { get; init; }
    public required DateTimeOffset At { get; init; }
}
