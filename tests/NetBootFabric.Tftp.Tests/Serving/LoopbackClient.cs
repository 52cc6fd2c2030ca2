using System.Net;
using System.Net.Sockets;
using System.Text;
using NetBootFabric.Wire.Tftp;

namespace NetBootFabric.Tftp.Tests.Serving;

/// <summary>A TFTP client packet by packet, over a real socket.</summary>
internal sealed class LoopbackClient : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp)
    {
        ReceiveTimeout = 30_000,
        ReceiveBufferSize = 1 << 20,
        EnableBroadcast = true
    };
    private readonly IPEndPoint _listener;
    private readonly byte[] _buffer = new byte[66_000];
    private int _length;
    private EndPoint _from = new IPEndPoint(IPAddress.Any, 0);

    /// <param name="own">Its address.</param>
    public LoopbackClient(string server, int port, string own = "127.0.0.1")
    {
        _listener = new IPEndPoint(IPAddress.Parse(server), port);
        _socket.Bind(new IPEndPoint(IPAddress.Parse(own), 0));
    }

    /// <summary>Of the last DATA packet that <see cref="Next"/> told of.</summary>
    public ReadOnlySpan<byte> Data => _buffer.AsSpan(4, _length - 4);

    /// <summary>Where the last packet came from.</summary>
    public IPEndPoint Peer => (IPEndPoint)_from;

    /// <summary>Options as <c>blksize=1468,windowsize=4</c>.</summary>
    public void Ask(string path, string options = "", string mode = "octet", byte opcode = 1)
    {
        var text = new StringBuilder().Append('\0').Append((char)opcode).Append(path).Append('\0').Append(mode).Append('\0');
        foreach (var option in options.Split(',', StringSplitOptions.RemoveEmptyEntries)) text.Append(option.Replace('=', '\0')).Append('\0');
        SendToListener(Encoding.Latin1.GetBytes(text.ToString()));
    }

    public void SendToListener(byte[] packet) => _socket.SendTo(packet, _listener);

    public void SendToPeer(byte[] packet) => _socket.SendTo(packet, _from);

    public void Ack(ushort block) => SendToPeer([0, 4, (byte)(block >> 8), (byte)block]);

    public void Error(byte code) => SendToPeer([0, 5, 0, code, (byte)'n', (byte)'o', 0]);

    /// <summary>The next packet as text: <c>DATA 3 512</c>, <c>OACK blksize=1468</c>, <c>ERROR 1 file not found</c>.</summary>
    public string Next()
    {
        _length = _socket.ReceiveFrom(_buffer, ref _from);
        Assert.True(TftpPacket.TryParse(_buffer.AsSpan(0, _length), out var packet, out _));
        switch (packet.Opcode)
        {
            case TftpOpcode.Data:
                return $"DATA {packet.Block} {packet.Data.Length}";
            case TftpOpcode.OptionAck:
                var options = new List<string>();
                foreach (var option in packet.Options) options.Add($"{Encoding.ASCII.GetString(option.Name)}={Encoding.ASCII.GetString(option.Value)}");
                return $"OACK {string.Join(',', options)}";
            default:
                return $"ERROR {(int)packet.ErrorCode} {Encoding.ASCII.GetString(packet.Data)}";
        }
    }

    /// <summary>The next packet that is not <paramref name="repeated"/>, which a server on a busy machine may send again.</summary>
    public string NextBut(string repeated)
    {
        var next = Next();
        while (next == repeated) next = Next();
        return next;
    }

    /// <summary>Nothing comes while the server handles a later packet: an unknown opcode, whose ERROR 4 comes alone.</summary>
    public void AssertSilent()
    {
        SendToListener([0, 4, 0, 0]);
        Assert.Equal("ERROR 4 not a read request", Next());
    }

    /// <summary>A whole download.</summary>
    public byte[] Get(string path, string options, int blockSize, int windowSize)
    {
        using var file = new MemoryStream();
        Ask(path, options);
        if (options.Length > 0)
        {
            Assert.StartsWith("OACK", Next(), StringComparison.Ordinal);
            Ack(0);
        }
        ushort expected = 1;
        for (var (inWindow, ended) = (0, false); !ended;)
        {
            var length = _socket.ReceiveFrom(_buffer, ref _from);
            Assert.True(TftpPacket.TryParse(_buffer.AsSpan(0, length), out var packet, out _));
            if (packet.Block == expected && packet.Opcode == TftpOpcode.Data)
            {
                file.Write(packet.Data);
                expected++;
                ended = packet.Data.Length < blockSize;
                if (++inWindow < windowSize && !ended) continue;
            }
            inWindow = 0;
            Ack((ushort)(expected - 1));
        }
        return file.ToArray();
    }

    public void Dispose() => _socket.Dispose();
}
