using System.Text;
using NetBootFabric.Wire.Tftp;

namespace NetBootFabric.Benchmarks.TftpLoad;

/// <summary>One client: asks, acknowledges, compares. Pure: packets in, packets out, times since the run began.</summary>
internal sealed class Download(LoadOptions options, byte[]? expected)
{
    private int _blockSize = TftpOption.DefaultBlock, _windowSize = 1, _inWindow, _tries;
    private ushort _block;
    private bool _answered, _gapTold;

    public long Octets { get; private set; }
    public TimeSpan Deadline { get; private set; }
    public TimeSpan EndedAt { get; private set; }
    public int RequestsRepeated { get; private set; }
    public int AcksRepeated { get; private set; }
    public bool IsOver { get; private set; }

    /// <summary>Null while running and after success.</summary>
    public string? Failure { get; private set; }

    /// <summary>The RRQ goes to the well-known port, everything behind it to the port that answered (RFC 1350 §4).</summary>
    public bool IsAnswered => _answered;

    public int Ask(Span<byte> packet, TimeSpan now)
    {
        var writer = TftpWriter.ReadRequest(packet, Encoding.UTF8.GetBytes(options.File));
        if (options.BlockSize > 0) writer.AddOption(TftpOption.BlockSize, (ulong)options.BlockSize);
        if (options.WindowSize > 1) writer.AddOption(TftpOption.WindowSize, (ulong)options.WindowSize);
        Deadline = now + options.Timeout;
        return writer.TryFinish(out var length) ? length : 0;
    }

    /// <returns>Octets of the answer; 0 for none.</returns>
    public int Take(scoped in TftpPacket packet, Span<byte> answer, TimeSpan now)
    {
        if (IsOver) return 0;
        _answered = true;
        switch (packet.Opcode)
        {
            case TftpOpcode.OptionAck when Octets == 0:
                if (packet.Options.TryGetBlockSize(out var blockSize)) _blockSize = blockSize;
                if (packet.Options.TryGetWindowSize(out var windowSize)) _windowSize = windowSize;
                return Acknowledge(answer, now);
            case TftpOpcode.Data:
                return packet.Block == (ushort)(_block + 1) ? TakeNext(packet.Data, answer, now) : TakeStray(answer, now);
            case TftpOpcode.Error:
                End(now, Encoding.UTF8.GetString(packet.Data));
                return 0;
            default:
                return 0;
        }
    }

    /// <summary>Nothing came in time. Returns the octets to send again; 0 when the client gives up.</summary>
    public int Expire(Span<byte> packet, TimeSpan now)
    {
        if (++_tries > options.Retries)
        {
            End(now, _answered ? "time-out" : "no answer");
            return 0;
        }
        if (!_answered)
        {
            RequestsRepeated++;
            return Ask(packet, now);
        }
        AcksRepeated++;
        return Write(packet, now);
    }

    /// <summary>The end of the whole run.</summary>
    public void Abandon(TimeSpan now) => End(now, "limit of the run");

    private int TakeNext(ReadOnlySpan<byte> data, Span<byte> answer, TimeSpan now)
    {
        if (expected is not null && !Fits(data, expected))
        {
            End(now, "wrong octets");
            return 0;
        }
        (_block, Octets, _gapTold) = ((ushort)(_block + 1), Octets + data.Length, false);
        var last = data.Length < _blockSize;
        if (last) End(now, expected is null || expected.Length == Octets ? null : "too short");
        if (++_inWindow >= _windowSize || last) return Acknowledge(answer, now);
        (_tries, Deadline) = (0, now + options.Timeout);
        return 0;
    }

    /// <summary>RFC 7440 §4: one ACK tells of a gap. In lock step a stray block is answered by nothing, lest every packet from there on goes twice.</summary>
    private int TakeStray(Span<byte> answer, TimeSpan now)
    {
        if (_windowSize == 1 || _gapTold) return 0;
        _gapTold = true;
        AcksRepeated++;
        return Write(answer, now);
    }

    private bool Fits(ReadOnlySpan<byte> data, byte[] file) =>
        Octets + data.Length <= file.Length && data.SequenceEqual(file.AsSpan((int)Octets, data.Length));

    private int Acknowledge(Span<byte> packet, TimeSpan now)
    {
        _tries = 0;
        return Write(packet, now);
    }

    private int Write(Span<byte> packet, TimeSpan now)
    {
        (_inWindow, Deadline) = (0, now + options.Timeout);
        TftpWriter.TryWriteAck(packet, _block, out var length);
        return length;
    }

    private void End(TimeSpan now, string? failure) => (IsOver, EndedAt, Failure) = (true, now, failure);
}
