using NetBootFabric.Boot.Events;
using NetBootFabric.Tftp.Admission;
using NetBootFabric.Tftp.Transfers;
using NetBootFabric.Wire.Tftp;

namespace NetBootFabric.Tftp.Serving;

/// <summary>What leaves: when the governor has room for it, and in parts that a client's buffer holds.</summary>
internal sealed partial class TransferDesk
{
    /// <summary>Those who have got room go on.</summary>
    public void Resume(TimeSpan now)
    {
        while (uplink.Governor.Take(lane, now, out var packets) is Session session)
        {
            if (session.Phase == SessionPhase.Held) Open(session, now);
            else if (packets > 0) Clear(session, packets, now);
        }
    }

    /// <summary>Sends what gathered.</summary>
    public void Flush()
    {
        outbox.Flush();
        reports.Metrics.Sent(outbox.TakeSent(), _retransmissions);
        _retransmissions = 0;
        if (_moved > 0) uplink.Meter.Moved(_moved);
        _moved = 0;
    }

    private void Acknowledged(Session session, Transfer transfer, ushort block, TimeSpan now)
    {
        var (before, repeated) = (transfer.Acknowledged, transfer.Retransmissions);
        var step = transfer.Acknowledge(block, now);
        var (arrived, lost) = ((int)(transfer.Acknowledged - before), transfer.Retransmissions > repeated);
        if (arrived == 0 && !lost && step.Act == TransferAct.SendBlocks) arrived = 1; // the OACK
        Apply(session, step, new Outcome(arrived, lost ? Loss.Told : Loss.None), now);
        if (session.Phase != SessionPhase.Running) return;
        Move(session, transfer);
        reports.Progress(session, now);
        ledger.Progress(session, now);
    }

    private void Move(Session session, Transfer transfer)
    {
        _moved += transfer.AcknowledgedBytes - session.Moved;
        session.Moved = transfer.AcknowledgedBytes;
    }

    /// <summary>The client says that it waits for a window of which nothing has left yet.</summary>
    private static bool IsWaitingFor(Session session, Transfer transfer, ushort block) =>
        session.Pending.Act == TransferAct.SendBlocks && session.Pending.First == transfer.Acknowledged + 1 && block == (ushort)transfer.Acknowledged;

    private void Apply(Session session, TransferStep step, Outcome outcome, TimeSpan now)
    {
        if (step.Act == TransferAct.Wait && outcome.Arrived == 0)
        {
            if (session.Pending.Act == TransferAct.Wait) _wheel.Schedule(session, now, session.Transfer!.Deadline);
            return; // else the rest of the window is what it waits for
        }
        session.Asked = 0;
        var next = step.Behind(session.Pending);
        if (next.Act is TransferAct.SendBlocks or TransferAct.SendOptions)
        {
            session.Pending = next;
            var departure = session.NextDeparture(outcome.Loss == Loss.None ? DepartureKind.First : DepartureKind.Again);
            session.Asked = departure.Packets;
            Clear(session, uplink.Governor.Proceed(session, outcome, departure, now), now);
            return;
        }
        uplink.Governor.Settle(session, outcome, now);
        if (next.Act == TransferAct.Wait) _wheel.Schedule(session, now, session.Transfer!.Deadline);
        else End(session, next, session.Transfer!.Failure, now);
    }

    /// <summary>For the next piece of what is pending.</summary>
    private void Ask(Session session, TimeSpan now)
    {
        var departure = session.NextDeparture(DepartureKind.More);
        session.Asked = departure.Packets;
        Clear(session, uplink.Governor.Leave(session, departure, now), now);
    }

    private void Clear(Session session, int packets, TimeSpan now)
    {
        session.Asked -= packets;
        if (packets > 0 && !TryDepart(session, packets, now)) return;
        var due = session.Pending.Act == TransferAct.Wait ? session.Transfer!.Deadline
            : session.Asked > 0 ? now + Transfer.Patience // the governor's turn
            : now + Transfer.BurstGap;
        _wheel.Schedule(session, now, due);
    }

    /// <summary>False: the file can't be read.</summary>
    private bool TryDepart(Session session, int packets, TimeSpan now)
    {
        session.Transfer!.Departed(now);
        if (session.Pending.Act == TransferAct.SendOptions)
        {
            session.Pending = default;
            outbox.SendOptions(session.Request, session.Terms, session.Content!.Length, again: session.Transfer.Retransmissions > 0);
            return true;
        }
        var first = session.TakePending(packets);
        var file = session.MappedFor(first, packets);
        outbox.Flight.Blocks(session, first, packets);
        if (file is not null)
        {
            outbox.SendMapped(session.Request, file, session.Terms.BlockSize, first, packets);
            return true;
        }
        if (outbox.SendBlocks(session.Request, session.Content!, session.Terms.BlockSize, first, packets)) return true;
        outbox.SendError(TftpErrorCode.NotDefined, "the file can't be read"u8, session.Request.Peer, session.Request.Local, session.Request.Client);
        End(session, new TransferStep(TransferAct.Fail), TransferFailure.ReadError, now);
        return false;
    }
}
