using System.Diagnostics;
using NetBootFabric.Benchmarks.Shared;
using NetBootFabric.Sockets;
using NetBootFabric.Wire.Tftp;

namespace NetBootFabric.Benchmarks.TftpLoad;

/// <summary>
/// All clients on one socket: each is an address of its own, told apart by where a packet comes to. They share a port, which no server sees as strange:
/// a transfer is named by both endpoints (RFC 1350 §4).
/// </summary>
internal sealed class LoadRun : IDisposable
{
    private const int Batch = 64;
    private static readonly TimeSpan Sweep = TimeSpan.FromMilliseconds(10);

    private readonly LoadOptions _options;
    private readonly Download[] _downloads;
    private readonly UdpEndpoint[] _peers;
    private readonly DatagramSocket _socket;
    private readonly Outgoing _outgoing;
    private readonly DatagramBatch _incoming;
    private readonly byte[] _packet = new byte[TftpPacket.LongestRequest];
    private int _left;

    public LoadRun(LoadOptions options)
    {
        _options = options;
        _left = options.Clients;
        var expected = options.Verify.Length > 0 ? File.ReadAllBytes(options.Verify) : null;
        _downloads = [.. Enumerable.Range(0, options.Clients).Select(_ => new Download(options, expected))];
        _peers = [.. Enumerable.Repeat(options.Server, options.Clients)];
        // 64 MiB hold a window of 16 for some 1700 clients: what is lost, the server or the wire lost.
        _socket = DatagramSocket.Open(new DatagramSocketOptions { ReceiveBufferBytes = 64 << 20, SendBufferBytes = 8 << 20, Segmentation = false });
        _outgoing = new Outgoing(_socket, Batch, Batch * TftpPacket.LongestRequest);
        _incoming = new DatagramBatch(Batch, Math.Max(options.BlockSize, TftpPacket.LongestRequest) + TftpPacket.DataHeader);
    }

    public IReadOnlyList<Download> Downloads => _downloads;

    /// <summary>What the kernel dropped before the generator could take it; a figure above 0 makes the run void.</summary>
    public long Drops => _socket.Drops;

    public TimeSpan Run()
    {
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < _downloads.Length; i++) Send(i, _downloads[i].Ask(_packet, clock.Elapsed));
        _outgoing.Flush();
        for (var swept = TimeSpan.Zero; _left > 0;)
        {
            _socket.Receive(_incoming, Sweep);
            var now = clock.Elapsed;
            for (var i = 0; i < _incoming.Count; i++) Take(_incoming[i], now);
            if (now - swept >= Sweep) ExpireAll(swept = now);
            _outgoing.Flush();
        }
        return clock.Elapsed;
    }

    public void Dispose() => _socket.Dispose();

    private void Take(Datagram datagram, TimeSpan now)
    {
        var index = _options.FirstAddress == 0 ? 0 : (int)(datagram.Local.Address - _options.FirstAddress);
        if ((uint)index >= (uint)_downloads.Length || datagram.Source.Address != _options.Server.Address) return;
        var download = _downloads[index];
        if (download.IsOver || (download.IsAnswered && datagram.Source != _peers[index])) return;
        if (!TftpPacket.TryParse(datagram.Payload, out var packet, out _)) return;
        _peers[index] = datagram.Source;
        Send(index, download.Take(packet, _packet, now));
        if (download.IsOver) _left--;
    }

    private void ExpireAll(TimeSpan now)
    {
        for (var i = 0; i < _downloads.Length; i++)
        {
            var download = _downloads[i];
            if (download.IsOver) continue;
            if (now > _options.Limit) download.Abandon(now);
            else if (download.Deadline <= now) Send(i, download.Expire(_packet, now));
            if (download.IsOver) _left--;
        }
    }

    private void Send(int index, int length)
    {
        if (length == 0) return;
        var from = _options.FirstAddress == 0 ? default : new LocalAddress(_options.FirstAddress + (uint)index, 0);
        _outgoing.Add(_packet.AsSpan(0, length), _peers[index], from);
    }
}
