using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using NetBootFabric.Cluster.Messages;
using NetBootFabric.Testing;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;
using Message = NetBootFabric.Wire.Dhcp.DhcpPacket;

namespace NetBootFabric.EndToEnd.Tests.Lab.Heads;

/// <summary>
/// Measures time without service: for one client of each of several shards it sends a DISCOVER again and again, each with a transaction id of its own, and notes each OFFER.
/// </summary>
internal sealed class Prober : IDisposable
{
    private const int SocketLevel = 1; // SOL_SOCKET
    private const int BindToDevice = 25; // SO_BINDTODEVICE: a broadcast to 255.255.255.255 needs no route then
    private const ulong FirstMac = 0x02_50_52_4f_00_00;

    private readonly Socket _socket;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Probe[] _probes;
    private readonly List<Question> _questions = []; // by transaction id
    private readonly Lock _lock = new();
    private readonly TimeSpan _interval;
    private readonly Thread _sender, _receiver;
    private volatile bool _over;

    public Prober(NetworkNamespace host, int shards, TimeSpan interval)
    {
        _interval = interval;
        _probes = [.. Clients().DistinctBy(probe => probe.Shard).Take(shards)];
        _socket = host.Run(() => new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { EnableBroadcast = true, ReceiveBufferSize = 4 << 20 });
        _socket.SetRawSocketOption(SocketLevel, BindToDevice, "eth0\0"u8);
        _socket.Bind(new IPEndPoint(IPAddress.Any, Message.ClientPort));
        _socket.ReceiveTimeout = 200;
        (_sender, _receiver) = (new Thread(Send) { IsBackground = true }, new Thread(Receive) { IsBackground = true });
        _sender.Start();
        _receiver.Start();
    }

    public TimeSpan Now => _clock.Elapsed;

    /// <summary>Each client was answered after that time.</summary>
    public Task AnsweredAsync(TimeSpan after, TimeSpan limit) => Until.TrueAsync(() => Silent(after).Count == 0, limit, () => $"no answer for shards {string.Join(", ", Silent(after))}");

    /// <summary>What was measured from a time on.</summary>
    public ServiceGaps Since(TimeSpan start)
    {
        var end = Now;
        lock (_lock)
        {
            var asked = _questions.Where(question => question.At > start).ToList();
            return new ServiceGaps([.. _probes.Select(probe => new ServiceGap(probe.Shard, probe.Longest(start, end)))], asked.Count, asked.Count(question => question.Offers > 1));
        }
    }

    public void Dispose()
    {
        _over = true;
        _sender.Join();
        _receiver.Join();
        _socket.Dispose();
    }

    private List<int> Silent(TimeSpan after)
    {
        lock (_lock) return [.. _probes.Where(probe => probe.Last <= after).Select(probe => probe.Shard)];
    }

    private static IEnumerable<Probe> Clients()
    {
        var extractor = new ClientMessageExtractor();
        for (var number = 0; number < ushort.MaxValue; number++)
        {
            var mac = new MacAddress(FirstMac + (ulong)number);
            yield return new Probe(mac, extractor.ShardOf(mac));
        }
    }

    private void Send()
    {
        Span<byte> buffer = stackalloc byte[600];
        var to = new IPEndPoint(IPAddress.Broadcast, Message.ServerPort);
        for (var round = 1; !_over; round++)
        {
            foreach (var probe in _probes)
            {
                uint id;
                lock (_lock)
                {
                    id = (uint)_questions.Count;
                    _questions.Add(new Question(Now, 0));
                }

                _socket.SendTo(buffer[..Discover(buffer, probe.Mac, id)], to);
            }

            if (round * _interval - Now is { Ticks: > 0 } left) Thread.Sleep(left);
        }
    }

    private static int Discover(Span<byte> buffer, MacAddress mac, uint id)
    {
        var writer = new DhcpWriter(buffer, DhcpOp.Request) { Xid = id, Flags = Message.BroadcastFlag, Chaddr = mac };
        writer.Add(DhcpOptions.MessageType, DhcpMessageType.Discover);
        Assert.True(writer.TryFinish(out var length));
        return length;
    }

    private void Receive()
    {
        var buffer = new byte[2048];
        while (!_over)
        {
            try
            {
                var length = _socket.Receive(buffer);
                if (Message.TryParse(buffer.AsSpan(0, length), out var packet, out _) && packet.MessageType == DhcpMessageType.Offer) Take(packet);
            }
            catch (SocketException silence) when (silence.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock)
            {
            }
        }
    }

    private void Take(in Message offer)
    {
        var mac = offer.Chaddr;
        if (Array.Find(_probes, probe => probe.Mac == mac) is not { } probe) return;
        lock (_lock)
        {
            probe.Answers.Add(Now);
            if (offer.Xid < _questions.Count) _questions[(int)offer.Xid] = _questions[(int)offer.Xid] with { Offers = _questions[(int)offer.Xid].Offers + 1 };
        }
    }

    private readonly record struct Question(TimeSpan At, int Offers);

    private sealed record Probe(MacAddress Mac, int Shard)
    {
        public List<TimeSpan> Answers { get; } = [];

        public TimeSpan Last => Answers.Count == 0 ? TimeSpan.Zero : Answers[^1];

        public TimeSpan Longest(TimeSpan start, TimeSpan end)
        {
            TimeSpan longest = TimeSpan.Zero, last = start;
            foreach (var answer in Answers.Where(answer => answer > start).Append(end))
            {
                if (answer - last > longest) longest = answer - last;
                last = answer;
            }

            return longest;
        }
    }
}
