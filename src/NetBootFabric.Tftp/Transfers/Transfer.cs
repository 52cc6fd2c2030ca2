using NetBootFabric.Boot.Events;

namespace NetBootFabric.Tftp.Transfers;

/// <summary>
/// The sending side of one read transfer (RFC 1350, 2347, 7440), apart from sockets, files and clocks: a packet or a time-out goes in,
/// what to send or how it ended comes out. Times are since any moment that the caller keeps.
/// </summary>
/// <remarks>
/// Nothing here waits after the last ACK: the client keeps its port open for a lost one (RFC 1350 §6), the sender is done.
/// </remarks>
public sealed class Transfer
{
    /// <summary>Without progress for this long a transfer has failed: iPXE gives up after 22 s of silence, a PXE ROM after about as long.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(25);

    /// <summary>For clients that ask for a long <c>timeout</c>: a slot can't be held for ever by a number in an option.</summary>
    public static readonly TimeSpan MostPatience = TimeSpan.FromMinutes(2);

    /// <summary>Between the parts of a window when <see cref="Burst"/> is smaller: what a receiver needs to read a few blocks, and a tick of the server's timers.</summary>
    public static readonly TimeSpan BurstGap = TimeSpan.FromMilliseconds(1);

    private static readonly TimeSpan Haste = TimeSpan.FromMilliseconds(4); // a few ticks of the server's timers

    private readonly TransferTerms _terms;
    private readonly TimeSpan _patience;
    private RetransmissionTimer _timer;
    private TimeSpan _firstSentAt, _sentAt, _progressAt;
    private bool _negotiating, _ended, _resent, _timedOut;
    private long _restartedAt = -1; // where the window ended that was begun anew in its middle
    private long _echoes; // ACKs that our own repetitions may still call forth
    private bool _isHasty; // the deadline was brought forward
    private int _hastened;

    /// <param name="bound">Within which other clients usually answer; zero when that is not known.</param>
    public Transfer(TransferState state, TimeSpan bound = default)
    {
        State = state;
        LastBlock = state.LastBlock;
        Acknowledged = Sent = state.Acknowledged;
        _terms = state.Terms;
        Burst = _terms.WindowSize;
        _timer = new RetransmissionTimer(_terms.Timeout, bound);
        // A client that wants 20 s between repetitions gets three of them.
        _patience = TimeSpan.FromTicks(Math.Clamp(((_terms.Timeout ?? TimeSpan.Zero) * 3.5).Ticks, Patience.Ticks, MostPatience.Ticks));
    }

    /// <summary>From which another head node can go on.</summary>
    public TransferState State => field with { Acknowledged = Acknowledged };

    public long LastBlock { get; }

    /// <summary>The last block that arrived with all before it.</summary>
    public long Acknowledged { get; private set; }

    /// <summary>The last block sent. The window is what lies between.</summary>
    public long Sent { get; private set; }

    /// <summary>Octets that arrived.</summary>
    public long AcknowledgedBytes => Acknowledged == LastBlock ? State.Length : Acknowledged * _terms.BlockSize;

    /// <summary>When <see cref="Expire"/> is to be called if no packet moves it on.</summary>
    public TimeSpan Deadline { get; private set; }

    /// <summary>
    /// Most blocks that leave at once; the rest of a step follows in parts, <see cref="BurstGap"/> apart. A window can't be made smaller: the
    /// client acknowledges whole ones. But one that is larger than the receiver's buffer must not hit it in one piece, or its end is
    /// lost each time. Halved by each loss, one more with each window that arrived whole.
    /// </summary>
    public int Burst { get; private set; }

    /// <summary>Packets sent again.</summary>
    public int Retransmissions { get; private set; }

    /// <summary>Why <see cref="TransferAct.Fail"/> was returned.</summary>
    public TransferFailure Failure { get; private set; }

    /// <summary>Within this the client's ACKs usually come; zero before the first.</summary>
    public TimeSpan Bound => _timer.Bound;

    /// <summary>Nothing arrived for longer than the timer allows: the client may have begun anew.</summary>
    public bool IsStalled => _timedOut;

    /// <summary>Answers the request: an OACK when options were agreed on, else the first block.</summary>
    public TransferStep Start(TimeSpan now)
    {
        _progressAt = _firstSentAt = now;
        _negotiating = _terms.Agreed != AgreedOptions.None;
        return _negotiating ? SendOptions(now) : SendWindow(now);
    }

    /// <summary>Goes on after another head node's end. The caller has placed the state by the client's ACK (<see cref="TransferState.At"/>).</summary>
    public TransferStep Resume(TimeSpan now)
    {
        _progressAt = _firstSentAt = now;
        return Acknowledged == LastBlock ? Finish() : SendWindow(now);
    }

    /// <summary>The client repeats its request: it has not heard the answer. Once it acknowledged something, the repetition is an old one.</summary>
    public TransferStep Repeat(TimeSpan now)
    {
        var heard = Acknowledged > 0 || (_terms.Agreed != AgreedOptions.None && !_negotiating);
        return _ended || heard ? TransferStep.Wait : Resend(now);
    }

    /// <param name="block">As on the wire: the low 16 bits of the block's number.</param>
    public TransferStep Acknowledge(ushort block, TimeSpan now)
    {
        if (_ended) return TransferStep.Wait;
        if (_negotiating) return block == 0 ? Agree(now) : TransferStep.Wait;

        var inFlight = Sent - Acknowledged;
        var ahead = (ushort)(block - (ushort)Acknowledged);
        if (ahead > inFlight) return TransferStep.Wait; // before the window: an old duplicate; beyond it: nothing we sent
        if (ahead == 0) return AcknowledgeAgain(now);

        var whole = ahead == inFlight;
        if (whole && !_resent) _timer.Measured(now - _sentAt);
        if (_timedOut) Answered(now);
        Acknowledged += ahead;
        (_progressAt, _timedOut) = (now, false);
        if (Acknowledged == LastBlock) return Finish();
        if (whole) return NextWindow(now);
        return Acknowledged == _restartedAt ? Extend(now) : Restart(now);
    }

    /// <param name="refusesOptions">The error is 8 (RFC 2347) or 0, which clients send after an OACK that told them the size (tsize probe).</param>
    public TransferStep ClientError(bool refusesOptions)
    {
        if (_ended) return TransferStep.Wait;
        _ended = true;
        if (_negotiating && refusesOptions) return new TransferStep(TransferAct.Abort);
        Failure = TransferFailure.ClientError;
        return new TransferStep(TransferAct.Fail);
    }

    /// <summary>Nothing was heard until the <see cref="Deadline"/>.</summary>
    public TransferStep Expire(TimeSpan now)
    {
        if (_ended || now < Deadline) return TransferStep.Wait;
        if (now - _progressAt < _patience)
        {
            if (_isHasty)
            {
                _hastened++;
            }
            else
            {
                _timer.BackOff();
                _timedOut = true;
            }
            // Perhaps only the ACK was lost, so that the client has all of these and says so for each copy.
            _echoes += Sent - Acknowledged;
            return Resend(now);
        }
        _ended = true;
        Failure = TransferFailure.TimedOut;
        return new TransferStep(TransferAct.Fail);
    }

    /// <summary>The last step's packets left only now, since they were paced: round trip and deadline count from here.</summary>
    public void Departed(TimeSpan now)
    {
        (_sentAt, _isHasty) = (now, false);
        Deadline = now + _timer.Interval;
    }

    private void Answered(TimeSpan now)
    {
        _timer.Answered(now - _firstSentAt);
        // Sooner than the second sending can have been answered: it was the first one's.
        if (now - _sentAt < _timer.RoundTrip / 2) _timer.WasHasty();
    }

    private TransferStep Agree(TimeSpan now)
    {
        if (!_resent) _timer.Measured(now - _sentAt);
        _negotiating = _resent = _timedOut = false;
        _progressAt = _firstSentAt = now;
        return SendWindow(now);
    }

    /// <summary>
    /// The block before the window once more. In lock step that is a duplicate, and to answer it would double every later packet
    /// (Sorcerer's Apprentice, RFC 1123 §4.2.3.1). With windows it also says that the window's first block was lost. Firmware sends
    /// one for each later block that it hears, all of them within a window's time; so only the first after half a round trip counts.
    /// It sends one for each block that it has already, too: as many as were repeated say nothing, or one repeated window of a busy
    /// client would call forth sixteen.
    /// </summary>
    private TransferStep AcknowledgeAgain(TimeSpan now)
    {
        if (_terms.WindowSize == 1 || Sent == Acknowledged) return TransferStep.Wait;
        if (_echoes > 0)
        {
            _echoes--;
            return Hasten();
        }
        var quiet = _timer.RoundTrip == TimeSpan.Zero ? RetransmissionTimer.Min : _timer.RoundTrip / 2;
        return now - _sentAt < quiet ? TransferStep.Wait : Resend(now);
    }

    /// <summary>
    /// An echo, or the first block was lost again: a client that stays where it is gets the window soon, not only when the timer of at
    /// least 100 ms runs out. Each time without a clean window between doubles the wait.
    /// </summary>
    private TransferStep Hasten()
    {
        var usual = _timer.RoundTrip * 4;
        var soon = _sentAt + (usual > Haste ? usual : Haste) * Math.Pow(2, _hastened);
        if (soon >= Deadline) return TransferStep.Wait;
        (Deadline, _isHasty) = (soon, true);
        return TransferStep.Wait;
    }

    private TransferStep NextWindow(TimeSpan now)
    {
        if (!_resent)
        {
            // Packets come in order: what was repeated before this window has been answered before it.
            _echoes = _hastened = 0;
            Burst = Math.Min(Burst + 1, _terms.WindowSize);
        }
        (_resent, _restartedAt, _firstSentAt) = (false, -1, now);
        return SendWindow(now);
    }

    /// <summary>In the middle of a window: the block behind was lost. RFC 7440 §4 begins a new window there.</summary>
    private TransferStep Restart(TimeSpan now)
    {
        Lost((int)(Sent - Acknowledged));
        _echoes += Sent - Acknowledged;
        (_restartedAt, _firstSentAt) = (Sent, now);
        return SendWindow(now);
    }

    /// <summary>
    /// The new window repeats blocks up to where the old one ended, and the client says that it has those: it had them before, and a
    /// doubled packet, not a lost one, made it speak up. To begin anew again would go on for ever (the Sorcerer's Apprentice, with
    /// windows); the client counts from its ACK, so it gets what its window lacks. If the next block was lost after all, it will say so again.
    /// </summary>
    private TransferStep Extend(TimeSpan now)
    {
        var first = Sent + 1;
        _restartedAt = -1;
        SendWindow(now);
        return Sent < first ? TransferStep.Wait : new TransferStep(TransferAct.SendBlocks, first, (int)(Sent - first + 1));
    }

    private TransferStep Resend(TimeSpan now)
    {
        Lost(_negotiating ? 1 : (int)(Sent - Acknowledged));
        return _negotiating ? SendOptions(now) : SendWindow(now);
    }

    private void Lost(int repeated)
    {
        Retransmissions += repeated;
        _resent = true;
        if (!_negotiating) Burst = Math.Max(Burst / 2, 1);
    }

    private TransferStep SendOptions(TimeSpan now)
    {
        Departed(now);
        return new TransferStep(TransferAct.SendOptions);
    }

    private TransferStep SendWindow(TimeSpan now)
    {
        Departed(now);
        Sent = Math.Min(Acknowledged + _terms.WindowSize, LastBlock);
        return new TransferStep(TransferAct.SendBlocks, Acknowledged + 1, (int)(Sent - Acknowledged));
    }

    private TransferStep Finish()
    {
        _ended = true;
        return new TransferStep(TransferAct.Finish);
    }
}
