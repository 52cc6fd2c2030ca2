using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Events;
using NetBootFabric.Sockets;
using NetBootFabric.Tftp.Admission;
using NetBootFabric.Tftp.Transfers;
using NetBootFabric.Wire.Tftp;

namespace NetBootFabric.Tftp.Serving;

/// <summary>The transfers of one worker: which client endpoint is at which, and what follows from what comes in. One thread.</summary>
internal sealed partial class TransferDesk(
    Outbox outbox, ContentOpening opening, Action<Session> opened, ITransferGovernor governor, TransferReports reports, NumberSource numbers, LedgerDesk ledger)
{
    /// <summary>An ended transfer's endpoint is known this long: late ACKs get no ERROR 5, which could end the client's next transfer from the same port.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(2);

    private readonly Dictionary<UdpEndpoint, Session> _sessions = [];
    private readonly TimerWheel _wheel = new();
    private long _retransmissions;

    public TimeSpan Wait(TimeSpan now) => _wheel.Wait(now);

    /// <summary>Endpoints known, ended ones that are still remembered included.</summary>
    public int Known => _sessions.Count;

    public void Request(ReadRequest request, TimeSpan now)
    {
        if (_sessions.TryGetValue(request.Peer, out var known))
        {
            if (Repeats(known, request, now))
            {
                reports.Metrics.Ignore("duplicate");
                return;
            }
            GiveUp(known, now);
            Forget(known);
        }
        var admission = governor.Admit(request.PeerAddress, request.Path);
        if (admission.Verdict == AdmissionVerdict.Later)
        {
            reports.Metrics.Ignore("busy");
            outbox.Flight.Note(request.Client, "no answer now: the limits of transfers are reached");
            return;
        }
        var session = new Session(numbers.Next(), request, admission.WindowLimit);
        _sessions.Add(request.Peer, session);
        _wheel.Schedule(session, now, now + Transfer.Patience);
        opening.Begin(session, opened);
    }

    /// <summary>The file is there, or is not.</summary>
    public void Opened(Session session, TimeSpan now)
    {
        if (session.Phase != SessionPhase.Opening)
        {
            session.Opened.Content?.Dispose(); // the client asked for something else meanwhile
            return;
        }
        if (session.TakenOver is { } known)
        {
            GoOn(session, known, now);
            return;
        }
        if (session.Opened.Content is not { } content)
        {
            Refuse(session);
            return;
        }
        var transfer = session.Run(content);
        reports.Started(session, now);
        ledger.Opened(session, now);
        Apply(session, transfer.Start(now), now);
    }

    /// <summary>A packet to the worker's own port.</summary>
    public void Packet(in Datagram datagram, TimeSpan now)
    {
        if (!TftpPacket.TryParse(datagram.Payload, out var packet, out var refusal))
        {
            reports.Metrics.Reject(refusal);
            return;
        }
        _sessions.TryGetValue(datagram.Source, out var session);
        if (session is { Phase: SessionPhase.Running, Transfer: { } transfer })
        {
            if (packet.Opcode == TftpOpcode.Error) outbox.Flight.Heard(session.Request.Client, datagram);
            Running(session, transfer, packet, now);
            if (session.Phase == SessionPhase.Ended) EndedBy(session, datagram.ArrivedAt, now);
        }
        else if (session is { Phase: SessionPhase.Opening, TakenOver: { } known }) Waiting(session, known, packet, now);
        else if (session is not null) reports.Metrics.Ignore("late");
        else Stray(datagram, packet, now);
    }

    public void Expire(TimeSpan now)
    {
        while (_wheel.TakeDue(now) is Session session)
        {
            // Until something else is said: were an exception to come between, nothing would ever end this session.
            _wheel.Schedule(session, now, now + Remembered);
            Due(session, now);
        }
    }

    /// <summary>Sends what gathered.</summary>
    public void Flush()
    {
        outbox.Flush();
        reports.Metrics.Sent(outbox.TakeSent(), _retransmissions);
        _retransmissions = 0;
    }

    /// <summary>The server stops: files are closed. Clients are told nothing, since another head node may go on with them; where none can, the transfers have failed.</summary>
    public void Close(TimeSpan now)
    {
        foreach (var session in _sessions.Values)
        {
            if (ledger.IsShared) LetGo(session);
            else GiveUp(session, now);
        }
        _sessions.Clear();
    }

    private void Due(Session session, TimeSpan now)
    {
        switch (session.Phase)
        {
            case SessionPhase.Ended:
                Forget(session);
                break;
            case SessionPhase.Opening:
                GiveUp(session, now);
                break;
            case SessionPhase.Running when session.Held.Act != TransferAct.Wait:
                session.Transfer!.Departed(now);
                SendBlocks(session, session.Held, now);
                break;
            case SessionPhase.Running when ledger.IsElsewhere(session):
                LetGo(session);
                Forget(session);
                break;
            default:
                Apply(session, session.Transfer!.Expire(now), now);
                break;
        }
    }

    private void Running(Session session, Transfer transfer, TftpPacket packet, TimeSpan now)
    {
        switch (packet.Opcode)
        {
            case TftpOpcode.Ack:
                Apply(session, transfer.Acknowledge(packet.Block, now), now);
                if (session.Phase != SessionPhase.Running) break;
                reports.Progress(session, now);
                ledger.Progress(session, now);
                break;
            case TftpOpcode.Error:
                var code = packet.ErrorCode;
                var step = transfer.ClientError(code is TftpErrorCode.OptionNegotiation or TftpErrorCode.NotDefined);
                End(session, step, transfer.Failure, now, TransferReports.Describe(packet));
                break;
            default:
                reports.Metrics.Reject("opcode");
                break;
        }
    }

    /// <summary>
    /// True when a request is one more copy of one that is or was served, and is dealt with. A client stops asking when the first answer
    /// comes: what arrived before its last packet waited in a queue, what arrived after it comes from the next one that has the port.
    /// </summary>
    private bool Repeats(Session known, ReadRequest request, TimeSpan now)
    {
        if (!known.IsFor(request)) return false;
        if (known.Phase == SessionPhase.Ended) return request.ArrivedAt < known.EndedBy;
        if (known.Transfer is not { } transfer) return true;
        var step = transfer.Repeat(now);
        Apply(known, step, now);
        known.Again = request;
        // Once the transfer stands still, the machine was reset and uses the same port again.
        return step.Act != TransferAct.Wait || !transfer.IsStalled;
    }

    private void EndedBy(Session session, long arrivedAt, TimeSpan now)
    {
        session.EndedBy = arrivedAt;
        if (session.Again is { } again && again.ArrivedAt > arrivedAt) Request(again, now);
    }

    private void Apply(Session session, TransferStep step, TimeSpan now)
    {
        switch (step.Act)
        {
            case TransferAct.Wait when session.Held.Act != TransferAct.Wait:
                return; // the rest of the window is what it waits for
            case TransferAct.Wait:
                break;
            case TransferAct.SendOptions:
                outbox.SendOptions(session.Request, session.Terms, session.Content!.Length, again: session.Transfer!.Retransmissions > 0);
                break;
            case TransferAct.SendBlocks when session.Held.Act == TransferAct.SendBlocks && session.Held.First + session.Held.Count == step.First:
                session.Held = session.Held with { Count = session.Held.Count + step.Count };
                return;
            case TransferAct.SendBlocks:
                Pace(session, step, now);
                return;
            default:
                End(session, step, session.Transfer!.Failure, now);
                return;
        }
        _wheel.Schedule(session, now, session.Transfer!.Deadline);
    }

    private void Pace(Session session, TransferStep step, TimeSpan now)
    {
        var wait = governor.Pace(session.Request.PeerAddress, step.Count * session.Terms.BlockSize);
        if (wait <= TimeSpan.Zero)
        {
            SendBlocks(session, step, now);
            return;
        }
        session.Held = step;
        _wheel.Schedule(session, now, now + wait);
    }

    private void SendBlocks(Session session, TransferStep step, TimeSpan now)
    {
        var count = Math.Min(step.Count, session.Transfer!.Burst);
        session.Held = count < step.Count ? step with { First = step.First + count, Count = step.Count - count } : default;
        outbox.Flight.Blocks(session, step.First, count);
        if (outbox.SendBlocks(session.Request, session.Content!, session.Terms.BlockSize, step.First, count))
        {
            _wheel.Schedule(session, now, session.Held.Act == TransferAct.Wait ? session.Transfer.Deadline : now + Transfer.BurstGap);
            return;
        }
        outbox.SendError(TftpErrorCode.NotDefined, "the file can't be read"u8, session.Request.Peer, session.Request.Local, session.Request.Client);
        End(session, new TransferStep(TransferAct.Fail), TransferFailure.ReadError, now);
    }

    private void End(Session session, TransferStep step, TransferFailure failure, TimeSpan now, string? detail = null)
    {
        var stage = step.Act switch { TransferAct.Finish => TransferStage.Done, TransferAct.Abort => TransferStage.Aborted, _ => TransferStage.Failed };
        _retransmissions += session.Transfer!.Retransmissions;
        reports.Ended(session, stage, failure, detail);
        outbox.Flight.Note(session.Request.Client, TransferReports.Describe(session, stage, failure));
        ledger.Closed(session);
        governor.Release(session.Request.PeerAddress);
        session.End();
        _wheel.Schedule(session, now, now + Remembered);
    }

    /// <summary>Ends whatever the session is at, without a word to the client.</summary>
    private void GiveUp(Session session, TimeSpan now)
    {
        if (session.Transfer is { } transfer && session.Phase == SessionPhase.Running)
        {
            End(session, transfer.ClientError(refusesOptions: true), TransferFailure.ClientError, now, "given up for a new request, or the server stops");
        }
        else if (session.Phase == SessionPhase.Opening)
        {
            governor.Release(session.Request.PeerAddress);
            session.End();
            _wheel.Schedule(session, now, now + Remembered);
        }
    }

    private void Refuse(Session session)
    {
        if (session.Opened.Error != ContentError.TooManyOpen)
        {
            Refuse(session, Refusal.For(session.Opened.Error), session.Opened.Detail);
            return;
        }
        governor.Release(session.Request.PeerAddress);
        Forget(session);
        session.End();
        reports.Metrics.Ignore("busy"); // the client asks again by itself
    }

    private void Refuse(Session session, Refusal refusal, string? detail)
    {
        governor.Release(session.Request.PeerAddress);
        Forget(session);
        session.End();
        outbox.SendError(refusal.Code, refusal.Message, session.Request.Peer, session.Request.Local, session.Request.Client);
        if (detail is not null) outbox.Flight.Note(session.Request.Client, detail);
        reports.Refused(session, refusal.Failure, detail);
    }

    private void Forget(Session session)
    {
        _wheel.Cancel(session);
        _sessions.Remove(session.Request.Peer);
    }
}
