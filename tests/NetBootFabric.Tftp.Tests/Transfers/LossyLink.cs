using NetBootFabric.Tftp.Transfers;

namespace NetBootFabric.Tftp.Tests.Transfers;

/// <summary>A transfer and a client over a link that loses, doubles and reorders packets, in virtual time.</summary>
internal sealed class LossyLink
{
    private readonly PriorityQueue<Action, (TimeSpan At, int Order)> _underway = new();
    private readonly Random _random;
    private readonly byte[] _file;
    private readonly TransferTerms _terms;
    private readonly double _loss, _late;
    private readonly SimulatedClient _client;
    private TimeSpan _now, _readUntil;
    private int _order, _waiting;
    private TransferStep _held;
    private TimeSpan _heldUntil;

    public LossyLink(int seed, byte[] file, TransferTerms terms, GapHabit habit, double loss, bool reorders = true)
    {
        (_random, _file, _terms, _loss) = (new Random(seed), file, terms, loss);
        _late = loss > 0 && reorders ? 3 : 0;
        Transfer = new Transfer(new TransferState("f", terms, file.Length));
        _client = new SimulatedClient(terms.BlockSize, terms.WindowSize, habit, block => Carry(() => Apply(Transfer.Acknowledge(block, _now))));
    }

    public Transfer Transfer { get; }
    public TransferStep Outcome { get; private set; }
    public byte[] Received => _client.File;
    public int PacketsSent { get; private set; }
    public TimeSpan Now => _now;

    /// <summary>Packets that the client's socket or card holds; more are lost.</summary>
    public int Buffer { get; init; } = int.MaxValue;

    /// <summary>What the client needs to read one packet.</summary>
    public TimeSpan Reading { get; init; }

    /// <summary>Until the transfer ends, however it does.</summary>
    public void Run()
    {
        Apply(Transfer.Start(_now));
        while (Outcome.Act is TransferAct.Wait) Turn();
    }

    private void Turn()
    {
        var deadline = _held.Act == TransferAct.Wait ? Transfer.Deadline : _heldUntil;
        var next = deadline < _client.Timer || _client.IsDone ? deadline : _client.Timer;
        if (_underway.TryPeek(out _, out var due) && due.At <= next)
        {
            _now = due.At;
            _underway.Dequeue()();
            return;
        }
        _now = next;
        if (next == _heldUntil && _held.Act != TransferAct.Wait) SendHeld();
        else if (next == Transfer.Deadline) Apply(Transfer.Expire(_now));
        else _client.Expire(_now);
    }

    private void Apply(TransferStep step)
    {
        switch (step.Act)
        {
            case TransferAct.SendOptions:
                Carry(() => _client.OptionAck(_now));
                break;
            case TransferAct.SendBlocks when _held.Act == TransferAct.SendBlocks && _held.First + _held.Count == step.First:
                _held = _held with { Count = _held.Count + step.Count };
                break;
            case TransferAct.SendBlocks:
                Send(step);
                break;
            case TransferAct.Wait:
                break;
            default:
                Outcome = step;
                break;
        }
    }

    private void SendHeld()
    {
        Transfer.Departed(_now);
        Send(_held);
    }

    /// <summary>As a worker does it: no more at once than the transfer says.</summary>
    private void Send(TransferStep step)
    {
        var count = Math.Min(step.Count, Transfer.Burst);
        _held = count < step.Count ? step with { First = step.First + count, Count = step.Count - count } : default;
        _heldUntil = _now + Transfer.BurstGap;
        for (var block = step.First; block < step.First + count; block++) CarryBlock(block);
    }

    private void CarryBlock(long block)
    {
        var offset = (int)Math.Min((block - 1) * _terms.BlockSize, _file.Length);
        var length = Math.Min(_terms.BlockSize, _file.Length - offset);
        Carry(() => Read(() => _client.Data((ushort)block, _file.AsSpan(offset, length), _now)));
    }

    private void Read(Action packet)
    {
        if (_waiting == Buffer) return;
        if (Reading == TimeSpan.Zero)
        {
            packet();
            return;
        }
        _waiting++;
        _readUntil = (_readUntil > _now ? _readUntil : _now) + Reading;
        _underway.Enqueue(
            () =>
            {
                _waiting--;
                packet();
            },
            (_readUntil, _order++));
    }

    private void Carry(Action arrival)
    {
        PacketsSent++;
        var copies = _random.NextDouble() < _loss ? 0 : _random.NextDouble() < _loss / 2 ? 2 : 1;
        for (; copies > 0; copies--)
        {
            // In order, but for one in twenty, which is overtaken by what comes within 3 ms.
            var late = _random.Next(20) == 0 ? _late : 0;
            _underway.Enqueue(arrival, (_now + TimeSpan.FromMilliseconds(1 + late), _order++));
        }
    }
}
