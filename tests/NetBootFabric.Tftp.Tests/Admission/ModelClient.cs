using NetBootFabric.Boot.Events;
using NetBootFabric.Tftp.Admission;
using NetBootFabric.Tftp.Serving;
using NetBootFabric.Tftp.Transfers;

namespace NetBootFabric.Tftp.Tests.Admission;

/// <summary>A client and the server's end of its transfer. It asks until it is answered, every second.</summary>
internal sealed class ModelClient(StormModel storm, int lane, int rack, ModelFile file) : Passage(lane, Session.OnWire(file.BlockSize), file.WindowSize)
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);
    private Transfer _transfer = null!;
    private TransferStep _pending;
    private TimeSpan _heardAt;
    private long _got;
    private int _inWindow, _asked, _sending;
    private bool _hasBegun, _isAnswered;
    private int _windowSize = file.WindowSize;

    public bool IsDone { get; private set; }
    public TimeSpan DoneAt { get; private set; }
    public TimeSpan LongestSilence { get; private set; }
    public TransferFailure Failure => _transfer.Failure;

    /// <summary>On the wire, each block once.</summary>
    public long Octets => _got * Session.OnWire(file.BlockSize);

    protected override void Narrowed() => _windowSize = 1;

    public void Ask()
    {
        if (storm.Governor.TryBegin(this, rack, storm.Now)) Begin();
    }

    public void GoOn(int packets)
    {
        if (!_hasBegun) Begin();
        else if (packets > 0) Clear(packets);
    }

    private void Begin()
    {
        _hasBegun = true;
        var terms = new TransferTerms { BlockSize = file.BlockSize, WindowSize = _windowSize, Agreed = AgreedOptions.BlockSize };
        _transfer = new Transfer(new TransferState("f", terms, (long)file.Blocks * file.BlockSize - 1), storm.Governor.FirstBound);
        Apply(_transfer.Start(storm.Now), default);
        Watch();
    }

    /// <summary>The retransmission timer: set anew when it rings too early.</summary>
    private void Watch()
    {
        if (IsDone) return;
        if (_pending.Act == TransferAct.Wait) Apply(_transfer.Expire(storm.Now), Outcome.Silence);
        var left = _transfer.Deadline - storm.Now;
        storm.After(left > Moment ? left : Moment, Watch);
    }

    private void Apply(TransferStep step, Outcome outcome)
    {
        if (step.Act == TransferAct.Wait && outcome.Arrived == 0) return;
        storm.Governor.Settle(this, outcome, storm.Now);
        _asked = 0;
        _sending++;
        step = step.Behind(_pending);
        if (step.Act is TransferAct.SendBlocks or TransferAct.SendOptions)
        {
            _pending = step;
            Part(outcome.Loss != Loss.None ? DepartureKind.Again : DepartureKind.First);
        }
        else if (step.Act != TransferAct.Wait)
        {
            IsDone = true;
            DoneAt = storm.Now;
            storm.Left--;
            storm.Governor.End(this, storm.Now);
        }
    }

    /// <summary>As a worker does it: no more in one piece than the transfer says.</summary>
    private void Part(DepartureKind kind)
    {
        var options = _pending.Act == TransferAct.SendOptions;
        _asked = options ? 1 : Math.Min(_pending.Count, _transfer.Burst);
        Clear(storm.Governor.Leave(this, new Departure(_asked, options ? 106 : Session.OnWire(file.BlockSize), _transfer.Bound, kind, IsWhole: options || _asked == _pending.Count), storm.Now));
    }

    private void Clear(int packets)
    {
        _asked -= packets;
        if (packets > 0) Depart(packets);
        var sending = ++_sending;
        if (_pending.Act != TransferAct.Wait && _asked == 0) storm.After(Transfer.BurstGap, () => GoOnSending(sending));
    }

    private void Depart(int packets)
    {
        _transfer.Departed(storm.Now);
        var step = _pending;
        if (step.Act == TransferAct.SendOptions) storm.Carry(106, () => Heard(0));
        else for (var block = step.First; block < step.First + packets; block++) Send(block);
        _pending = step.Act == TransferAct.SendBlocks && packets < step.Count ? step with { First = step.First + packets, Count = step.Count - packets } : default;
    }

    private void GoOnSending(int sending)
    {
        if (sending != _sending || IsDone) return;
        Part(DepartureKind.More);
    }

    private void Send(long block) => storm.Carry(Session.OnWire(file.BlockSize), () => Heard(block));

    /// <summary>In order, or it is passed over; a gap is told once (RFC 7440 §4).</summary>
    private void Heard(long block)
    {
        if (IsDone) return;
        if (_isAnswered && storm.Now - _heardAt > LongestSilence) LongestSilence = storm.Now - _heardAt;
        (_heardAt, _isAnswered) = (storm.Now, true);
        if (block == 0 && _got == 0)
        {
            Acknowledge(0);
            return;
        }
        if (block != _got + 1)
        {
            if (_windowSize > 1 && _inWindow > 0) Acknowledge(_got);
            return;
        }
        _got++;
        if (++_inWindow == _windowSize || _got == file.Blocks) Acknowledge(_got);
    }

    private void Acknowledge(long block)
    {
        _inWindow = 0;
        storm.After(TimeSpan.FromMilliseconds(0.05), () => Acknowledged(block));
    }

    private void Acknowledged(long block)
    {
        if (IsDone || (_pending.Act == TransferAct.SendBlocks && _pending.First == _transfer.Acknowledged + 1 && block == _transfer.Acknowledged)) return;
        var (before, repeated) = (_transfer.Acknowledged, _transfer.Retransmissions);
        var step = _transfer.Acknowledge((ushort)block, storm.Now);
        var (arrived, lost) = ((int)(_transfer.Acknowledged - before), _transfer.Retransmissions > repeated);
        if (arrived == 0 && !lost && step.Act == TransferAct.SendBlocks) arrived = 1;
        Apply(step, new Outcome(arrived, lost ? Loss.Told : Loss.None));
    }
}
