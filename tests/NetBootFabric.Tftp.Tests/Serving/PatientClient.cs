using System.Net;
using System.Net.Sockets;
using System.Text;
using NetBootFabric.Wire.Tftp;

namespace NetBootFabric.Tftp.Tests.Serving;

/// <summary>A download that repeats its last ACK when nothing comes, and never its request.</summary>
internal sealed class PatientClient : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 50, ReceiveBufferSize = 1 << 20 };
    private readonly byte[] _buffer = new byte[66_000];
    private readonly MemoryStream _file = new();
    private EndPoint _from;
    private long _got;

    public PatientClient(int port)
    {
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _from = new IPEndPoint(IPAddress.Loopback, port);
    }

    /// <summary>The ERROR that ended it.</summary>
    public string? Error { get; private set; }

    /// <summary>Runs once, when this many blocks are there; the ACK of the last one is sent after that.</summary>
    public (long Block, Action Action) Pause { get; init; }

    /// <summary>Runs once, when nothing came after the pause.</summary>
    public Action? Silence { get; set; }

    /// <summary>Options as <c>blksize=1468,windowsize=4</c>.</summary>
    public byte[] Get(string path, string options, int blockSize, int windowSize)
    {
        Send(Encoding.ASCII.GetBytes($"\0\u0001{path}\0octet\0" + string.Concat(options.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(each => each.Replace('=', '\0') + '\0'))));
        var began = DateTime.UtcNow;
        for (var (inWindow, ended) = (0, false); !ended && Error is null;)
        {
            Assert.True(DateTime.UtcNow - began < Limit, $"stands still behind block {_got}");
            if (!TryReceive(out var packet))
            {
                BeSilent();
                inWindow = 0;
                continue;
            }
            if (packet.Opcode == TftpOpcode.Error) Error = Encoding.ASCII.GetString(packet.Data);
            // A head node whose link drops may agree to a smaller one (RFC 7440 §3).
            if (packet.Opcode == TftpOpcode.OptionAck && packet.Options.TryGetWindowSize(out var agreed)) windowSize = agreed;
            if (packet.Opcode == TftpOpcode.Data && packet.Block == (ushort)(_got + 1))
            {
                ended = Take(packet, blockSize);
                if (++inWindow < windowSize && !ended) continue;
            }
            inWindow = 0;
            if (Error is null) Acknowledge();
        }
        return _file.ToArray();
    }

    public void Dispose() => _socket.Dispose();

    private bool Take(TftpPacket packet, int blockSize)
    {
        _file.Write(packet.Data);
        if (++_got == Pause.Block) Pause.Action();
        return packet.Data.Length < blockSize;
    }

    private bool TryReceive(out TftpPacket packet)
    {
        packet = default;
        var length = 0;
        try
        {
            length = _socket.ReceiveFrom(_buffer, ref _from);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.TimedOut)
        {
            return false;
        }
        Assert.True(TftpPacket.TryParse(_buffer.AsSpan(0, length), out packet, out _));
        return true;
    }

    private void BeSilent()
    {
        if (_got >= Pause.Block) Silence?.Invoke();
        if (_got >= Pause.Block) Silence = null;
        if (_got > 0) Acknowledge();
    }

    private void Acknowledge() => Send([0, 4, (byte)(_got >> 8), (byte)_got]);

    private void Send(byte[] packet) => _socket.SendTo(packet, _from);
}
