using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Transfers;
using NetBootFabric.Sockets;
using NetBootFabric.Tftp.Transfers;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Tftp;

namespace NetBootFabric.Tftp.Serving;

/// <summary>Transfers that come from another head node, and those that go to one.</summary>
internal sealed partial class TransferDesk
{
    /// <summary>The address is another head node's now, and so are its transfers: they end here without a word.</summary>
    public void Abandon(Ipv4Address server, TimeSpan now)
    {
        foreach (var session in _sessions.Values.Where(session => session.Request.Local.Address == server.Value).ToArray())
        {
            LetGo(session, now);
            Forget(session);
        }
    }

    /// <summary>RFC 1350 §4: an ACK from an unknown port is answered and disturbs nobody, unless it is of a transfer whose head node is gone.</summary>
    private void Stray(in Datagram datagram, TftpPacket packet, TimeSpan now)
    {
        var known = packet.Opcode is TftpOpcode.Ack or TftpOpcode.Error ? ledger.Find(datagram) : null;
        switch (packet.Opcode)
        {
            case TftpOpcode.Ack when known is not null && TryTakeOver(known, datagram, packet.Block, now):
                break;
            case TftpOpcode.Error when known is not null:
                ledger.Close(known);
                reports.EndedElsewhere(known, packet);
                break;
            case TftpOpcode.Error:
                reports.Metrics.Ignore("late");
                break;
            default:
                reports.Metrics.Reject("unknown transfer");
                outbox.SendError(TftpErrorCode.UnknownTransferId, "unknown transfer"u8, datagram.Source, datagram.Local, outbox.Flight.ClientAt(datagram.Source));
                break;
        }
    }

    /// <summary>False: the ACK fits no block of that transfer.</summary>
    private bool TryTakeOver(OpenTransfer known, in Datagram datagram, ushort block, TimeSpan now)
    {
        var request = LedgerDesk.RequestOf(known, datagram) with { Client = known.Client ?? outbox.Flight.ClientAt(datagram.Source) };
        if (PlaceOf(known, request, block) is not { } place) return false;
        if (!uplink.Slots.TryTake(request.PeerAddress))
        {
            reports.Metrics.Ignore("busy"); // the client repeats its ACK
            return true;
        }
        var session = new Session(lane, known.Number, request, known.WindowSize) { TakenOver = known, ResumeAt = place };
        ledger.Claim(known);
        _sessions.Add(request.Peer, session);
        uplink.Governor.Enter(session, uplink.Racks.RackOf(request.PeerAddress));
        Open(session, now);
        return true;
    }

    /// <summary>The client goes on talking while the file is being opened.</summary>
    private void Waiting(Session session, OpenTransfer known, TftpPacket packet, TimeSpan now)
    {
        switch (packet.Opcode)
        {
            case TftpOpcode.Ack:
                session.ResumeAt = Math.Max(session.ResumeAt, PlaceOf(known, session.Request, packet.Block) ?? 0);
                reports.Metrics.Ignore("duplicate");
                break;
            case TftpOpcode.Error:
                GiveUp(session, now);
                ledger.Close(known);
                reports.EndedElsewhere(known, packet);
                break;
            default:
                reports.Metrics.Reject("opcode");
                break;
        }
    }

    private void GoOn(Session session, OpenTransfer known, TimeSpan now)
    {
        if (session.Opened.Content is { } content && LedgerDesk.IsSame(known, content, session.Sample))
        {
            var transfer = session.Run(content, outbox.Hold(content), uplink.Governor.FirstBound);
            session.Moved = transfer.AcknowledgedBytes;
            uplink.Meter.Began(content.Length - session.Moved);
            reports.TakenOver(session, now);
            outbox.Flight.Note(session.Request.Client, TransferReports.DescribeTakeOver(session));
            ledger.Opened(session, now);
            Apply(session, transfer.Resume(now), default, now);
            return;
        }
        if (session.Opened.Error != ContentError.TooManyOpen) ledger.Close(known);
        if (session.Opened.Content is null)
        {
            Refuse(session, now);
            return;
        }
        Refuse(session, Refusal.Changed, "the file is not the same on this head node", now);
        session.Opened.Content.Dispose();
    }

    /// <summary>Frees what the session holds; neither the client nor its actor nor the ledger hears of it.</summary>
    private void LetGo(Session session, TimeSpan now)
    {
        if (session.Phase == SessionPhase.Ended) return;
        var ran = session.Phase == SessionPhase.Running;
        Release(session, now);
        if (ran) reports.Metrics.LetGo(); // counted when all is let go, as an end is
    }

    private static long? PlaceOf(OpenTransfer known, ReadRequest request, ushort block) =>
        new TransferState(known.Path, request.Terms, known.Length, known.Block).At(block)?.Acknowledged;
}
