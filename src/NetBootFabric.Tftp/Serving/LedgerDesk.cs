using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Transfers;
using NetBootFabric.Sockets;
using NetBootFabric.Tftp.Transfers;
using NetBootFabric.Wire;

namespace NetBootFabric.Tftp.Serving;

/// <summary>What one port tells the ledger of its transfers, and asks it about those of others.</summary>
/// <param name="port">Its number.</param>
internal sealed class LedgerDesk(ITransferLedger ledger, ushort port)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>
    /// An ACK's 16 bits are placed at the nearest block: within 32 767. A quarter of that leaves the rest for what arrives while
    /// the message to the other head nodes is under way: 0.1 s at a gigabit of 512-octet blocks.
    /// </summary>
    private const long MostBlocks = 8192;

    public bool IsShared => ledger.IsShared;

    public OpenTransfer? Find(in Datagram datagram) =>
        ledger.Find(new TransferKey(new Ipv4Address(datagram.Source.Address), datagram.Source.Port, new Ipv4Address(datagram.Local.Address), port));

    public void Opened(Session session, TimeSpan now)
    {
        if (!ledger.IsShared) return;
        (session.ToldBlock, session.ToldAt) = (session.Transfer!.Acknowledged, now);
        ledger.Opened(Describe(session, session.Content!));
    }

    public void Progress(Session session, TimeSpan now)
    {
        var block = session.Transfer!.Acknowledged;
        if (block - session.ToldBlock < MostBlocks && now - session.ToldAt < Interval) return;
        (session.ToldBlock, session.ToldAt) = (block, now);
        ledger.Moved(KeyOf(session), block);
    }

    public void Closed(Session session) => ledger.Closed(KeyOf(session));

    public bool IsElsewhere(Session session) => ledger.IsElsewhere(KeyOf(session));

    /// <summary>Says that it is this node's now, before the content is open: nobody else begins to take it.</summary>
    public void Claim(OpenTransfer transfer) => ledger.Opened(transfer);

    /// <summary>Nobody can go on with it.</summary>
    public void Close(OpenTransfer transfer)
    {
        ledger.Opened(transfer);
        ledger.Closed(transfer.Key);
    }

    /// <summary>The client's request, as it must have been.</summary>
    public static ReadRequest RequestOf(OpenTransfer transfer, in Datagram datagram)
    {
        var terms = new TransferTerms
        {
            BlockSize = transfer.BlockSize,
            WindowSize = transfer.WindowSize,
            Timeout = transfer.TimeoutSeconds > 0 ? TimeSpan.FromSeconds(transfer.TimeoutSeconds) : null,
            Agreed = (AgreedOptions)transfer.Options,
        };
        return new ReadRequest(datagram.Source, datagram.Local, transfer.Path, terms, datagram.ArrivedAt);
    }

    /// <summary>What is served here is what the client has the beginning of.</summary>
    public static bool IsSame(OpenTransfer transfer, BootContent content, ulong sample) =>
        content.Length == transfer.Length && ((transfer.ETag.Length > 0 && content.ETag == transfer.ETag) || sample == transfer.Sample);

    private TransferKey KeyOf(Session session) =>
        new(session.Request.PeerAddress, session.Request.Peer.Port, new Ipv4Address(session.Request.Local.Address), port);

    private OpenTransfer Describe(Session session, BootContent content) => new()
    {
        Key = KeyOf(session),
        Client = content.Client,
        Number = session.Number,
        Path = session.Request.Path,
        Role = content.Role,
        Length = content.Length,
        ETag = content.ETag,
        Sample = session.Sample,
        BlockSize = session.Terms.BlockSize,
        WindowSize = session.Terms.WindowSize,
        TimeoutSeconds = (int)(session.Terms.Timeout?.TotalSeconds ?? 0),
        Options = (byte)session.Terms.Agreed,
        Block = session.Transfer!.Acknowledged,
    };
}
