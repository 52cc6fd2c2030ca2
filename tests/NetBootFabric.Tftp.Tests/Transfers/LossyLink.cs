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
    private TimeSpan _now;
    private int _order;

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

    /// <summary>Until the transfer ends, however it does.</summary>
    public void Run()
    {
        Apply(Transfer.Start(_now));
        while (Outcome.Act is TransferAct.Wait) Turn();
    }

    private void Turn()
    {
        var next = Transfer.Deadline < _client.Timer || _client.IsDone ? Transfer.Deadline : _client.Timer;
        if (_underway.TryPeek(out _, out var due) && due.At <= next)
        {
            _now = due.At;
            _underway.Dequeue()();
            return;
        }
        _now = next;
        if (next == Transfer.Deadline) Apply(Transfer.Expire(_now));
        else _client.Expire(_now);
    }

    private void Apply(TransferStep step)
    {
        switch (step.Act)
        {
            case TransferAct.SendOptions:
                Carry(() => _client.OptionAck(_now));
                break;
            case TransferAct.SendBlocks:
                for (var block = step.First; block < step.First + step.Count; block++) CarryBlock(block);
                break;
            case TransferAct.Wait:
                break;
            default:
                Outcome = step;
                break;
        }
    }

    private void CarryBlock(long block)
    {
        var offset = (int)Math.Min((block - 1) * _terms.BlockSize, _file.Length);
        var length = Math.Min(_terms.BlockSize, _file.Length - offset);
        Carry(() => _client.Data((ushort)block, _file.AsSpan(offset, length), _now));
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
