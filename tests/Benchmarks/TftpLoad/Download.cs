using System.Net;
using System.Net.Sockets;
using System.Text;
using NetBootFabric.Wire.Tftp;

namespace NetBootFabric.TftpLoad;

/// <summary>One client: asks, acknowledges, compares. Times in milliseconds since the run began.</summary>
internal sealed class Download : IDisposable
{
    private const int Retry = 1000, MaxRetries = 5;

    private readonly LoadOptions _options;
    private readonly byte[]? _expected;
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { Blocking = false, ReceiveBufferSize = 1 << 20 };
    private SocketAddress _server;
    private readonly SocketAddress _from = new(AddressFamily.InterNetwork);
    private int _blockSize = 512, _windowSize = 1, _inWindow, _retries;
    private long _got;
    private bool _answered, _gapTold;

    public Download(LoadOptions options, byte[]? expected)
    {
        (_options, _expected, _server) = (options, expected, options.Server.Serialize());
        _socket.Bind(new IPEndPoint(IPAddress.Any, 0));
    }

    public Socket Socket => _socket;
    public long Bytes { get; private set; }
    public long EndedAt { get; private set; }
    public long Deadline { get; private set; }
    public int RequestsRepeated { get; private set; }
    public int PacketsRepeated { get; private set; }
    public bool IsOver { get; private set; }

    /// <summary>Null while running and after success.</summary>
    public string? Failure { get; private set; }

    public void Ask(long now)
    {
        Span<byte> packet = stackalloc byte[TftpPacket.LongestRequest];
        var writer = TftpWriter.ReadRequest(packet, Encoding.UTF8.GetBytes(_options.File));
        if (_options.BlockSize > 0) writer.AddOption(TftpOption.BlockSize, (ulong)_options.BlockSize);
        if (_options.WindowSize > 1) writer.AddOption(TftpOption.WindowSize, (ulong)_options.WindowSize);
        writer.TryFinish(out var length);
        Send(packet[..length], now);
    }

    /// <summary>Takes what is there.</summary>
    public void Receive(byte[] buffer, long now)
    {
        while (!IsOver && _socket.Poll(0, SelectMode.SelectRead))
        {
            int length;
            try
            {
                length = _socket.ReceiveFrom(buffer, SocketFlags.None, _from);
            }
            catch (SocketException e)
            {
                End(now, e.SocketErrorCode.ToString());
                return;
            }
            if (TftpPacket.TryParse(buffer.AsSpan(0, length), out var packet, out _)) Take(packet, now);
        }
    }

    public void Expire(long now)
    {
        if (++_retries > MaxRetries) End(now, _answered ? "timeout" : "no answer");
        else if (_answered) (PacketsRepeated, _) = (PacketsRepeated + 1, Ack(now));
        else
        {
            RequestsRepeated++;
            Ask(now);
        }
    }

    public void Dispose() => _socket.Dispose();

    private void Take(TftpPacket packet, long now)
    {
        if (!_answered)
        {
            _answered = true;
            _server = new SocketAddress(AddressFamily.InterNetwork);
            _from.Buffer.Span.CopyTo(_server.Buffer.Span);
        }
        switch (packet.Opcode)
        {
            case TftpOpcode.OptionAck when _got == 0:
                if (packet.Options.TryGetBlockSize(out var blockSize)) _blockSize = blockSize;
                if (packet.Options.TryGetWindowSize(out var windowSize)) _windowSize = windowSize;
                _retries = 0;
                Ack(now);
                break;
            case TftpOpcode.Data:
                TakeData(packet, now);
                break;
            case TftpOpcode.Error:
                End(now, Encoding.ASCII.GetString(packet.Data));
                break;
        }
    }

    private void TakeData(TftpPacket packet, long now)
    {
        if (packet.Block != (ushort)(_got + 1))
        {
            // RFC 7440: one ACK tells of a gap; in lock step a stray block is answered by nothing.
            if (_windowSize == 1 || _gapTold) return;
            _gapTold = true;
            PacketsRepeated++;
            Ack(now);
            return;
        }
        if (_expected is not null && !packet.Data.SequenceEqual(_expected.AsSpan((int)Math.Min(Bytes, _expected.Length), (int)Math.Min(packet.Data.Length, _expected.Length - Bytes))))
        {
            End(now, "wrong octets");
            return;
        }
        (_got, Bytes, _retries, _gapTold) = (_got + 1, Bytes + packet.Data.Length, 0, false);
        var last = packet.Data.Length < _blockSize;
        if (++_inWindow >= _windowSize || last) Ack(now);
        if (last) End(now, _expected is null || _expected.Length == Bytes ? null : "too short");
    }

    private bool Ack(long now)
    {
        Span<byte> packet = stackalloc byte[TftpPacket.DataHeader];
        TftpWriter.TryWriteAck(packet, (ushort)_got, out _);
        _inWindow = 0;
        return Send(packet, now);
    }

    private bool Send(ReadOnlySpan<byte> packet, long now)
    {
        Deadline = now + Retry;
        try
        {
            return _socket.SendTo(packet, SocketFlags.None, _server) == packet.Length;
        }
        catch (SocketException)
        {
            return false; // like a loss: the retry comes
        }
    }

    private void End(long now, string? failure) => (IsOver, EndedAt, Failure) = (true, now, failure);
}
