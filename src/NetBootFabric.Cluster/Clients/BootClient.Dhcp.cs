using NetBootFabric.Boot.Clients;
using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Boot.Flight;
using NetBootFabric.Boot.Leases;
using NetBootFabric.Cluster.Messages;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Cluster.Clients;

public sealed partial class BootClient
{
    /// <summary>The lease that is being committed; its answer waits for it.</summary>
    private LeasePending? _pending;

    private Answered _answered;

    private static readonly TimeSpan CopyTime = TimeSpan.FromSeconds(1);

    /// <summary>As long as a PXE ROM waits before it asks again, and a little for clocks that differ.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private void Ask(DhcpArrived arrived)
    {
        var inquiry = arrived.Inquiry;
        if (_epoch < 0) _epoch = _services.Ownership.EpochOf(_shard);
        if (IsCopy(inquiry) || IsOld(arrived))
        {
            Sender.Tell(new DhcpDismissed(inquiry, DhcpDismissal.OtherHeadAnswers), Self);
            return;
        }
        TakePlace();
        var circumstances = Circumstances();
        Advance(BootMachine.OnPlan(BootMachine.OnInquiry(_state, inquiry, Now), Plan()));
        if (_pending is { } pending && pending.IsFor(inquiry)) Dismiss(inquiry, DhcpDismissal.NoAnswerNeeded);
        else Carry(inquiry, AsStoreAllows(Decide(inquiry, circumstances)));
    }

    private DhcpOutcome Decide(DhcpInquiry inquiry, in DhcpContext circumstances)
    {
        var outcome = DhcpDecision.Decide(inquiry, circumstances);
        var boot = outcome switch { DhcpOutcome.Answer answer => answer.Boot, DhcpOutcome.CommitThenAnswer commit => commit.Boot, _ => null };
        // Once an exchange is enough: the REQUEST's answer says the same.
        if (boot is not null && inquiry.Type == DhcpMessageType.Discover) _services.Recorder.Note(_state.Mac, FlightProtocol.Boot, FlightNotes.Chosen(boot));
        return outcome;
    }

    /// <summary>DISCOVERs of one boot that a client is left without an OFFER for, while the store is away.</summary>
    private const int HeldBack = 2;

    /// <summary>
    /// A lease that can't be written now is better not offered at once: a client that awaits an ACK gives up as soon as one that awaits an OFFER, so it is made to be
    /// patient twice. iPXE sends DISCOVERs after 1, 3 and 7 s, PXE ROMs after 4, 12 and 28 s.
    /// </summary>
    private DhcpOutcome AsStoreAllows(DhcpOutcome outcome) =>
        outcome is DhcpOutcome.Answer { Reply: { Type: DhcpMessageType.Offer } offer } && !_services.StoreWorks() && _state.Current is { Boots: true, Discovers: <= HeldBack }
        && _services.Leases.Find(_state.Mac, offer.YourAddress)?.IsRunning(Now) != true && _services.Rooms.Current.NodeOf(_state.Mac)?.Address != offer.YourAddress
            ? new DhcpOutcome.Dismiss(DhcpDismissal.StoreUnavailable)
            : outcome;

    /// <summary>It waited in a head node that stood still. Its client has asked again since; a RELEASE of then would end the lease of now.</summary>
    private bool IsOld(DhcpArrived arrived) => Now - arrived.HeardAt > Patience;

    private DhcpContext Circumstances()
    {
        var room = _services.Rooms.Current;
        var plan = BootPlan.Of(room, room.NodeOf(_state.Mac), _state);
        return new DhcpContext
        {
            Room = room,
            Leases = _services.Leases,
            Now = Now,
            Client = _state,
            Intent = plan.Intent,
            Ordered = plan.Ordered,
            Heads = _services.Heads,
            BootServer = _state.Current?.Server ?? default,
        };
    }

    /// <summary>The same packet by another head node: a relay agent sends one to each. A client that asks again is heard by the same one, or later.</summary>
    private bool IsCopy(DhcpInquiry inquiry) =>
        _answered.TransactionId == inquiry.TransactionId && _answered.Type == inquiry.Type && _answered.Seconds == inquiry.Seconds
        && _answered.By != inquiry.Ingress.LocalAddress && Now - _answered.At < CopyTime;

    /// <summary>What was answered last, by which head node's socket, and when.</summary>
    private readonly record struct Answered(uint TransactionId, DhcpMessageType Type, ushort Seconds, Ipv4Address By, DateTimeOffset At);

    private void Carry(DhcpInquiry inquiry, DhcpOutcome outcome)
    {
        switch (outcome)
        {
            case DhcpOutcome.Answer answer:
                Answer(answer.Reply, Sender);
                break;
            case DhcpOutcome.CommitThenAnswer commit:
                Commit(commit);
                break;
            case DhcpOutcome.QuarantineAddress declined:
                var rest = declined.Quarantine;
                Advance(BootMachine.OnDeclined(_state, rest.Address.ToString()));
                _services.Leases.Quarantine(rest.Address, rest.Until, rest.Reason, static _ => { });
                Dismiss(inquiry, DhcpDismissal.NoAnswerNeeded);
                break;
            case DhcpOutcome.ReleaseAddress released:
                _services.Leases.Release(_state.Mac, released.Address, static _ => { });
                Dismiss(inquiry, DhcpDismissal.NoAnswerNeeded);
                break;
            case DhcpOutcome.Dismiss dismiss:
                Dismiss(inquiry, dismiss.Reason);
                break;
        }
    }

    private void Commit(DhcpOutcome.CommitThenAnswer commit)
    {
        var pending = new LeasePending(commit, Sender);
        var self = Self;
        _pending = pending;
        _services.Leases.Commit(commit.Lease, _epoch, outcome => self.Tell(new LeaseSettled(pending, outcome), ActorRefs.NoSender));
    }

    private void Settle(LeaseSettled settled)
    {
        var (pending, outcome) = settled;
        if (ReferenceEquals(_pending, pending)) _pending = null;
        Carry(pending.Commit.Reply.Inquiry, DhcpDecision.AfterCommit(pending.Commit, outcome, Circumstances()), pending.Desk);
        if (_ends && _pending is null) Context.Stop(Self);
    }

    private bool _ends;

    /// <summary>A lease that is on its way to the disk is answered first: the client need not ask again.</summary>
    private void End()
    {
        _ends = true;
        if (_pending is null) Context.Stop(Self);
    }

    private void Carry(DhcpInquiry inquiry, DhcpOutcome outcome, IActorRef desk)
    {
        if (outcome is DhcpOutcome.Answer answer) Answer(answer.Reply, desk);
        else Dismiss(inquiry, outcome is DhcpOutcome.Dismiss dismiss ? dismiss.Reason : DhcpDismissal.StoreUnavailable, desk);
    }

    /// <remarks>A head node that stood still may wake in the middle of an answer, and the client be another's.</remarks>
    private void Answer(DhcpAnswer answer, IActorRef desk)
    {
        if (_epoch < 0 || _services.Ownership.EpochOf(_shard) != _epoch)
        {
            desk.Tell(new DhcpDismissed(answer.Inquiry, DhcpDismissal.OtherHeadAnswers), Self);
            return;
        }
        desk.Tell(answer, Self);
        var inquiry = answer.Inquiry;
        _answered = new Answered(inquiry.TransactionId, inquiry.Type, inquiry.Seconds, inquiry.Ingress.LocalAddress, Now);
        if (answer.BootFile.Length > 0 && !answer.NextServer.IsAny && answer.NextServer != _state.Current?.Server) _services.Heads.Sent(answer.NextServer);
        if (answer.Type == DhcpMessageType.Ack) Befriend();
        Advance(BootMachine.OnAnswered(_state, answer, Now));
    }

    private void Dismiss(DhcpInquiry inquiry, DhcpDismissal reason) => Dismiss(inquiry, reason, Sender);

    private void Dismiss(DhcpInquiry inquiry, DhcpDismissal reason, IActorRef desk)
    {
        desk.Tell(new DhcpDismissed(inquiry, reason), Self);
        if (reason == DhcpDismissal.OtherServerSelected) _services.Others.Chosen(inquiry, Now);
        Advance(BootMachine.OnDismissed(_state, Dismissals.Explain(inquiry, reason, _services.Rooms.Current, _services.Leases, Now)));
    }

    private sealed record LeasePending(DhcpOutcome.CommitThenAnswer Commit, IActorRef Desk)
    {
        /// <summary>The same question again, before its lease is on disk.</summary>
        public bool IsFor(DhcpInquiry inquiry) =>
            inquiry.Type == DhcpMessageType.Request && Commit.Reply.Inquiry.TransactionId == inquiry.TransactionId && Commit.Reply.Inquiry.Type == inquiry.Type;
    }

    /// <summary>Never leaves this node: told by the lease book's completion.</summary>
    private sealed record LeaseSettled(LeasePending Pending, LeaseCommit Outcome);
}
