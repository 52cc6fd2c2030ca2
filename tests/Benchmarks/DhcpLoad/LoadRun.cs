using System.Diagnostics;
using NetBootFabric.Benchmarks.Shared;
using NetBootFabric.Sockets;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Benchmarks.DhcpLoad;

/// <summary>Carries the exchanges over one socket on the relay agent's port.</summary>
internal sealed class LoadRun : IDisposable
{
    private const int Batch = 64;
    private static readonly TimeSpan Sweep = TimeSpan.FromMilliseconds(10);

    private readonly LoadOptions _options;
    private readonly DatagramSocket _socket;
    private readonly DatagramBatch _incoming = new(Batch);
    private readonly Outgoing _outgoing;
    private readonly PxeMessage _discover, _request;
    private readonly byte[] _scratch = new byte[2048];

    public LoadRun(LoadOptions options)
    {
        _options = options;
        // Other transaction ids in each run, so that a late answer to an earlier one is nobody's.
        Book = new ExchangeBook(options, (uint)Random.Shared.Next() & 0xFF00_0000);
        // One frame a packet, as clients send them: servers with raw sockets would see several joined by segmentation as one.
        _socket = DatagramSocket.Open(new DatagramSocketOptions { Address = options.Relay, Port = DhcpPacket.ServerPort, ReceiveBufferBytes = 16 << 20, Segmentation = false });
        _outgoing = new Outgoing(_socket, Batch);
        _discover = new PxeMessage(DhcpMessageType.Discover, new Ipv4Address(options.Relay));
        _request = new PxeMessage(DhcpMessageType.Request, new Ipv4Address(options.Relay));
    }

    public ExchangeBook Book { get; }

    public TimeSpan Run()
    {
        var clock = Stopwatch.StartNew();
        for (var swept = TimeSpan.Zero; !Book.IsOver && clock.Elapsed < _options.Limit;)
        {
            while (Book.TryBegin(clock.Elapsed, out var client)) Send(client, Move.Discover);
            _outgoing.Flush();
            _socket.Receive(_incoming, Sweep);
            var now = clock.Elapsed;
            for (var i = 0; i < _incoming.Count; i++) Take(_incoming[i].Payload, now);
            if (now - swept >= Sweep) Book.Expire(swept = now, Send);
        }
        return clock.Elapsed;
    }

    public void Dispose() => _socket.Dispose();

    private void Take(ReadOnlySpan<byte> payload, TimeSpan now)
    {
        if (!DhcpPacket.TryParse(payload, _scratch, out var answer, out _)) return;
        Send(ClientAfter(answer, now, out var move), move);
    }

    private int ClientAfter(scoped in DhcpPacket answer, TimeSpan now, out Move move)
    {
        move = Book.Take(answer, now, out var client);
        return client;
    }

    private void Send(int client, Move move)
    {
        if (move is Move.None or Move.Over) return;
        var (xid, mac) = (Book.XidOf(client), Book.MacOf(client));
        var message = move == Move.Discover ? _discover.For(xid, mac) : _request.For(xid, mac, Book.ServerOf(client), Book.AddressOf(client));
        _outgoing.Add(message, _options.Server, default);
    }
}
