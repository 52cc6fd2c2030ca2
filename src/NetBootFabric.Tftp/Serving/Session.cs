using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Events;
using NetBootFabric.Boot.Transfers;
using NetBootFabric.Tftp.Admission;
using NetBootFabric.Tftp.Transfers;

namespace NetBootFabric.Tftp.Serving;

/// <summary>One client endpoint that a port knows: its transfer, and what goes with it. Only its worker touches it, but for the opening.</summary>
internal sealed class Session(int lane, long number, ReadRequest request, int windowLimit) : Passage(lane, OnWire(request.Terms.BlockSize), Math.Min(request.Terms.WindowSize, windowLimit))
{
    private const int OptionsOnWire = 106; // 42 of Ethernet, IPv4 and UDP, and an OACK as loaders get it

    /// <summary>Names the transfer among the head node's.</summary>
    public long Number { get; } = number;
    public ReadRequest Request { get; } = request;
    public SessionPhase Phase { get; set; } = SessionPhase.Held;

    public TransferTerms Terms { get; private set; } = request.Terms with { WindowSize = Math.Min(request.Terms.WindowSize, windowLimit) };

    /// <summary>Set while running.</summary>
    public Transfer? Transfer { get; private set; }
    public BootContent? Content { get; private set; }

    /// <summary>Its content, where that is a file which needs no reading.</summary>
    public MappedFile? Mapped { get; private set; }

    /// <summary>What the opening brought.</summary>
    public ContentResult Opened { get; set; }

    /// <summary>What is to be sent, and waits for room or for the gap between two bursts.</summary>
    public TransferStep Pending { get; set; }

    /// <summary>Packets of it that wait for the governor.</summary>
    public int Asked { get; set; }

    /// <summary>Octets of the file that the client was known to have when the uplink was last told.</summary>
    public long Moved { get; set; }
    public TimeSpan ReportedAt { get; set; }

    /// <summary>When the packet that ended it arrived (<see cref="Sockets.Datagram.ArrivedAt"/>); 0 when it ended otherwise.</summary>
    public long EndedBy { get; set; }

    /// <summary>The transfer of another head node that this one goes on with.</summary>
    public OpenTransfer? TakenOver { get; init; }

    /// <summary>The block that the client acknowledged last, of a transfer taken over.</summary>
    public long ResumeAt { get; set; }

    /// <summary>What tells its content apart at another head node (<see cref="ContentSample"/>).</summary>
    public ulong Sample { get; set; }

    /// <summary>What the flight recorder was told: the last block that was sent, and how often something was sent again.</summary>
    public long HighestSent { get; set; }
    public int Repetitions { get; set; }

    /// <summary>The block that the ledger knows, and since when.</summary>
    public long ToldBlock { get; set; }
    public TimeSpan ToldAt { get; set; }

    /// <summary>The same request once more while the transfer runs: an old copy, or a new client at the same port that overtook the last ACK.</summary>
    public ReadRequest? Again { get; set; }

    /// <param name="bound">Within which clients usually answer.</param>
    public Transfer Run(BootContent content, MappedFile? mapped, TimeSpan bound)
    {
        (Content, Mapped, Phase) = (content, mapped, SessionPhase.Running);
        return Transfer = new Transfer(new TransferState(Request.Path, Terms, content.Length, ResumeAt), bound);
    }

    /// <summary>Lets go of the file. The endpoint is remembered for a while, so that late packets are not taken for another client's.</summary>
    public void End()
    {
        Phase = SessionPhase.Ended;
        Content?.Dispose();
        (Content, Mapped) = (null, null);
        Pending = default;
    }

    protected override void Narrowed() => Terms = Terms with { WindowSize = 1 };

    /// <summary>Octets of a block in an Ethernet frame: 14 header, 20 IPv4, 8 UDP, 4 TFTP.</summary>
    public static int OnWire(int blockSize) => blockSize + 46;

    /// <summary>As much of what is pending as leaves in one piece.</summary>
    public Departure NextDeparture(DepartureKind kind)
    {
        var bound = Transfer!.Bound;
        if (Pending.Act == TransferAct.SendOptions) return new Departure(1, OptionsOnWire, bound, kind, IsWhole: true);
        var packets = Math.Min(Pending.Count, Transfer.Burst);
        return new Departure(packets, OnWire(Terms.BlockSize), bound, kind, IsWhole: packets == Pending.Count);
    }

    /// <summary>The first of so many blocks, which are no longer pending.</summary>
    public long TakePending(int blocks)
    {
        var first = Pending.First;
        Pending = blocks < Pending.Count ? Pending with { First = first + blocks, Count = Pending.Count - blocks } : default;
        return first;
    }

    /// <summary>Null: these blocks are to be read. So is what is sent again, and what holds the last octet: there a file that was cut meanwhile is noticed.</summary>
    public MappedFile? MappedFor(long first, int blocks) =>
        first > HighestSent && (first + blocks - 1) * Terms.BlockSize < Content!.Length ? Mapped : null;

    public bool IsFor(ReadRequest request) => Request.Path == request.Path && Request.Terms == request.Terms;

    public TransferEvent Event(TransferStage stage, DateTimeOffset at, TransferFailure failure = TransferFailure.None, string? detail = null) => new()
    {
        Stage = stage,
        Protocol = TransferProtocol.Tftp,
        Peer = Request.PeerAddress,
        Client = Opened.Content?.Client,
        Path = Request.Path,
        Role = Opened.Content?.Role ?? ContentRole.Other,
        Bytes = Transfer?.AcknowledgedBytes ?? 0,
        Length = Transfer?.State.Length,
        Retransmissions = Transfer?.Retransmissions ?? 0,
        IsAllSent = Transfer is { } sending && sending.Sent == sending.LastBlock,
        Failure = failure,
        Detail = detail,
        Transfer = Number,
        At = at,
    };
}

internal enum SessionPhase
{
    /// <summary>Asked, and not answered until there is room.</summary>
    Held,

    /// <summary>The file is being opened elsewhere.</summary>
    Opening,
    Running,
    Ended,
}
