namespace NetBootFabric.Tftp.Tests.Transfers;

/// <summary>What clients do with a block that they did not expect.</summary>
public enum GapHabit
{
    /// <summary>An ACK of the last good block for every unexpected one (OVMF).</summary>
    AckEach,

    /// <summary>One ACK for a gap, then silence until the right block comes (RFC 7440's picture).</summary>
    AckOnce,

    /// <summary>Nothing: its own timer repeats the ACK.</summary>
    Silent,
}

/// <summary>A receiving client (RFC 1350, 7440) in virtual time. <c>send</c> is told the block number that it acknowledges.</summary>
internal sealed class SimulatedClient(int blockSize, int windowSize, GapHabit habit, Action<ushort> send)
{
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(700);
    private readonly MemoryStream _file = new();
    private long _got;
    private int _sinceAck;
    private bool _gapTold;

    public bool IsDone { get; private set; }
    public TimeSpan Timer { get; private set; } = Retry;
    public byte[] File => _file.ToArray();

    public void OptionAck(TimeSpan now)
    {
        if (_got == 0) Ack(now);
    }

    public void Data(ushort block, ReadOnlySpan<byte> data, TimeSpan now)
    {
        if (block != (ushort)(_got + 1) || IsDone)
        {
            Unexpected(block, now);
            return;
        }
        _got++;
        _gapTold = false;
        _file.Write(data);
        IsDone = data.Length < blockSize;
        Timer = now + Retry;
        if (++_sinceAck >= windowSize || IsDone) Ack(now);
    }

    public void Expire(TimeSpan now) => Ack(now);

    private void Unexpected(ushort block, TimeSpan now)
    {
        // A client that has it all stays a while and repeats its last ACK (RFC 1350 §6).
        var repeated = IsDone && block == (ushort)_got;
        if (!repeated && (habit == GapHabit.Silent || (habit == GapHabit.AckOnce && _gapTold))) return;
        _gapTold = true;
        Ack(now);
    }

    private void Ack(TimeSpan now)
    {
        _sinceAck = 0;
        Timer = now + Retry;
        send((ushort)_got);
    }
}
