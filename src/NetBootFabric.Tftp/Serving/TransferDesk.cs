using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Events;
using NetBootFabric.Sockets;
using NetBootFabric.Tftp.Admission;
using NetBootFabric.Tftp.Transfers;
using NetBootFabric.Wire.Tftp;

namespace NetBootFabric.Tftp.Serving;

/// <summary>The transfers of one port: which client endpoint is at which, and what follows from what comes in. One thread.</summary>
/// <param name="lane">The port's, at the governor.</param>
internal sealed partial class TransferDesk(
    Outbox outbox, ContentOpening opening, Action<Session> opened, Uplink uplink, int lane, TransferReports reports, NumberSource numbers, LedgerDesk ledger)
{
    /// <summary>An ended transfer's endpoint is known this long: late ACKs get no ERROR 5, which could end the client's next transfer from the same port.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(2);

    private readonly Dictionary<UdpEndpoint, Session> _sessions = [];
    private readonly TimerWheel _wheel = new();
    private long _retransmissions, _moved;

    /// <summary>How long until <see cref="Expire"/> and <see cref="Resume"/> are due.</summary>
    public TimeSpan Wait(TimeSpan now)
    {
        var (timers, room) = (_wheel.Wait(now), uplink.Governor.Wait);
        return timers < TimeSpan.Zero || (room >= TimeSpan.Zero && room < timers) ? room : timers;
    }

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
        if (!uplink.Slots.TryTake(request.PeerAddress))
        {
            reports.Metrics.Ignore("busy");
            outbox.Flight.Note(request.Client, "no answer now: the limits of transfers are reached");
            return;
        }
        Begin(new Session(lane, numbers.Next(), request, uplink.WindowLimit), now);
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
            Refuse(session, now);
            return;
        }
        var transfer = session.Run(content, outbox.Hold(content), uplink.Governor.FirstBound);
        uplink.Meter.Began(content.Length);
        reports.Started(session, now);
        ledger.Opened(session, now);
        Apply(session, transfer.Start(now), default, now);
    }

    /// <summary>A packet to the port.</summary>
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

    /// <summary>The server stops: files are closed. Clients are told nothing, since another head node may go on with them; where none can, the transfers have failed.</summary>
    public void Close(TimeSpan now)
    {
        foreach (var session in _sessions.Values)
        {
            if (ledger.IsShared) LetGo(session, now);
            else GiveUp(session, now);
        }
        _sessions.Clear();
    }

    /// <summary>Now, or when the governor has room.</summary>
    private void Begin(Session session, TimeSpan now)
    {
        _sessions.Add(session.Request.Peer, session);
        _wheel.Schedule(session, now, now + Transfer.Patience);
        if (uplink.Governor.TryBegin(session, uplink.Racks.RackOf(session.Request.PeerAddress), now)) Open(session, now);
        else outbox.Flight.Note(session.Request.Client, "no answer yet: the link is full, the request waits its turn");
    }

    private void Open(Session session, TimeSpan now)
    {
        session.Phase = SessionPhase.Opening;
        _wheel.Schedule(session, now, now + Transfer.Patience);
        opening.Begin(session, opened);
    }

    private void Due(Session session, TimeSpan now)
    {
        switch (session.Phase)
        {
            case SessionPhase.Ended:
                Forget(session);
                break;
            case SessionPhase.Held or SessionPhase.Opening:
                GiveUp(session, now);
                break;
            case SessionPhase.Running when ledger.IsElsewhere(session):
                LetGo(session, now);
                Forget(session);
                break;
            case SessionPhase.Running when session.Asked > 0:
                _wheel.Schedule(session, now, now + Transfer.Patience);
                break;
            case SessionPhase.Running when session.Pending.Act != TransferAct.Wait:
                Ask(session, now);
                break;
            default:
                Apply(session, session.Transfer!.Expire(now), Outcome.Silence, now);
                break;
        }
    }

    private void Running(Session session, Transfer transfer, TftpPacket packet, TimeSpan now)
    {
        switch (packet.Opcode)
        {
            case TftpOpcode.Ack when IsWaitingFor(session, transfer, packet.Block):
                reports.Metrics.Ignore("duplicate"); // its next window waits here; there is nothing to repeat
                break;
            case TftpOpcode.Ack:
                Acknowledged(session, transfer, packet.Block, now);
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
        if (known.Phase == SessionPhase.Held) _wheel.Schedule(known, now, now + Transfer.Patience);
        if (known.Transfer is not { } transfer) return true;
        if (known.Pending.Act != TransferAct.Wait) return true;
        var step = transfer.Repeat(now);
        Apply(known, step, Outcome.Silence, now);
        known.Again = request;
        // Once the transfer stands still, the machine was reset and uses the same port again.
        return step.Act != TransferAct.Wait || !transfer.IsStalled;
    }

    private void EndedBy(Session session, long arrivedAt, TimeSpan now)
    {
        session.EndedBy = arrivedAt;
        if (session.Again is { } again && again.ArrivedAt > arrivedAt) Request(again, now);
    }

    private void End(Session session, TransferStep step, TransferFailure failure, TimeSpan now, string? detail = null)
    {
        var stage = step.Act switch { TransferAct.Finish => TransferStage.Done, TransferAct.Abort => TransferStage.Aborted, _ => TransferStage.Failed };
        _retransmissions += session.Transfer!.Retransmissions;
        ledger.Closed(session);
        Release(session, now);
        reports.Ended(session, stage, failure, detail); // whoever hears of it may rely on it that all is let go
        outbox.Flight.Note(session.Request.Client, TransferReports.Describe(session, stage, failure));
        _wheel.Schedule(session, now, now + Remembered);
    }

    /// <summary>Ends whatever the session is at, without a word to the client.</summary>
    private void GiveUp(Session session, TimeSpan now)
    {
        if (session.Transfer is { } transfer && session.Phase == SessionPhase.Running)
        {
            End(session, transfer.ClientError(refusesOptions: true), TransferFailure.ClientError, now, "given up for a new request, or the server stops");
        }
        else if (session.Phase is SessionPhase.Held or SessionPhase.Opening)
        {
            Release(session, now);
            _wheel.Schedule(session, now, now + Remembered);
        }
    }

    private void Refuse(Session session, TimeSpan now)
    {
        if (session.Opened.Error != ContentError.TooManyOpen)
        {
            Refuse(session, Refusal.For(session.Opened.Error), session.Opened.Detail, now);
            return;
        }
        Release(session, now);
        Forget(session);
        reports.Metrics.Ignore("busy"); // the client asks again by itself
    }

    private void Refuse(Session session, Refusal refusal, string? detail, TimeSpan now)
    {
        Release(session, now);
        Forget(session);
        outbox.SendError(refusal.Code, refusal.Message, session.Request.Peer, session.Request.Local, session.Request.Client);
        if (detail is not null) outbox.Flight.Note(session.Request.Client, detail);
        reports.Refused(session, refusal.Failure, detail);
    }

    /// <summary>Gives back all that it holds.</summary>
    private void Release(Session session, TimeSpan now)
    {
        if (session is { Phase: SessionPhase.Running, Transfer: { } transfer })
        {
            Move(session, transfer);
            uplink.Meter.Ended(transfer.State.Length - session.Moved);
        }
        uplink.Slots.Release(session.Request.PeerAddress);
        uplink.Governor.End(session, now);
        if (session.Mapped is { } file) outbox.Release(file);
        session.End();
    }

    private void Forget(Session session)
    {
        _wheel.Cancel(session);
        _sessions.Remove(session.Request.Peer);
    }
}
