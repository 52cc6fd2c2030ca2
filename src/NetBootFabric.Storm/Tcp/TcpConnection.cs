using NetBootFabric.Storm.Network;
using NetBootFabric.Wire;

namespace NetBootFabric.Storm.Tcp;

internal enum TcpState : byte
{
    Closed,
    SynSent,
    Open,
    /// <summary>The server has sent its FIN.</summary>
    Ended,
}

/// <summary>
/// A client's end of one connection, as small as firmware's: sends one request at a time, takes a stream. Every client has its own MAC and IP address, which the
/// kernel's TCP could not give ten thousand of on one interface: it would answer ARP with the interface's MAC, and drop what is sent to a client's.
/// </summary>
internal sealed class TcpConnection(Station station, TcpManner manner, Ipv4Address server, ushort serverPort)
{
    private const ushort MaximumSegment = 1460; // 1500 less 40

    // iPXE: a quarter of a second, doubled each time, and over once ten seconds are exceeded.
    private static readonly TimeSpan[] Gaps = [.. new[] { 0.25, 0.5, 1, 2, 4, 8 }.Select(TimeSpan.FromSeconds)];

    // iPXE acknowledges anew when a connection was silent for so long; a server that lost the connection then says so.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    private readonly ushort _port = station.NextPort();
    private readonly ReceiveRanges _ahead = new();
    private uint _sendNext = station.NextRandom(), _receiveNext;
    private byte[] _request = [];
    private bool _scaled, _sacks, _stamps;
    private uint _echo;
    private TimeSpan _now;
    private int _try;

    public Ipv4Address Server => server;

    public ushort ServerPort => serverPort;

    public TcpState State { get; private set; }

    /// <summary>When <see cref="Expire"/> is due.</summary>
    public TimeSpan Deadline { get; private set; } = TimeSpan.MaxValue;

    public ITcpReader? Reader { get; set; }

    /// <summary>The server took the connection.</summary>
    public bool WasOpen { get; private set; }

    public bool IsIdle => State == TcpState.Open && _request.Length == 0;

    public void Open(TimeSpan now)
    {
        station.Counters.HttpConnections++;
        _now = now;
        State = TcpState.SynSent;
        _try = 0;
        Repeat(now);
    }

    /// <param name="request">At most one segment; unchanged until acknowledged.</param>
    public void Send(byte[] request, TimeSpan now)
    {
        (_request, _try, _now) = (request, 0, now);
        Repeat(now);
    }

    public void Expire(TimeSpan now)
    {
        if (now < Deadline) return;
        _now = now;
        if (IsIdle)
        {
            Acknowledge();
            Deadline = now + Silence;
        }
        else Retry(now);
    }

    private void Retry(TimeSpan now)
    {
        if (++_try < Gaps.Length)
        {
            station.Counters.TcpRetries++;
            Repeat(now);
            return;
        }
        var opened = State != TcpState.SynSent;
        Forget();
        Reader?.OnReset(opened ? "the request is not acknowledged" : "no answer to the SYN", now);
    }

    /// <summary>The client has no more to ask. What still comes is answered by the station without a memory of this.</summary>
    public void Close()
    {
        if (State is TcpState.Open or TcpState.Ended) Emit(manner.Resets ? TcpFlags.Reset : TcpFlags.Fin | TcpFlags.Ack, default, 0);
        Forget();
    }

    public bool Owns(in TcpSegment segment, Ipv4Address source) =>
        State != TcpState.Closed && segment.DestinationPort == _port && segment.SourcePort == serverPort && source == server;

    public void OnSegment(in TcpSegment segment, ReadOnlySpan<byte> options, ReadOnlySpan<byte> payload, TimeSpan now)
    {
        _now = now;
        if (segment.Has(TcpFlags.Reset)) TakeReset(segment, now);
        else if (State == TcpState.SynSent) TakeSyn(segment, options, now);
        else
        {
            // RFC 7323 §4.3: the echo is of the segment that moves the stream on, not of what came ahead of a gap.
            if (_stamps && (int)(_receiveNext - segment.Sequence) >= 0 && TcpOptions.Read(options).Stamp is { } stamp) _echo = stamp;
            if (segment.Has(TcpFlags.Ack)) TakeAck(segment.Acknowledged);
            if (payload.Length > 0 || segment.Has(TcpFlags.Fin | TcpFlags.Syn)) TakeStream(segment, payload, now);
        }
        if (IsIdle) Deadline = now + Silence;
    }

    private void TakeReset(in TcpSegment segment, TimeSpan now)
    {
        if (State == TcpState.SynSent ? segment.Acknowledged != _sendNext + 1 : segment.Sequence != _receiveNext) return;
        var refused = State == TcpState.SynSent;
        Forget();
        Reader?.OnReset(refused ? "connection refused" : "connection reset", now);
    }

    private void TakeSyn(in TcpSegment segment, ReadOnlySpan<byte> options, TimeSpan now)
    {
        if (segment.Has(TcpFlags.Ack) && segment.Acknowledged != _sendNext + 1) Refuse(segment);
        if (!segment.Has(TcpFlags.Syn) || !segment.Has(TcpFlags.Ack) || segment.Acknowledged != _sendNext + 1) return;
        var peer = TcpOptions.Read(options);
        (_scaled, _sacks, _stamps) = (peer.Scales && manner.Scale is not null, peer.Sacks && manner.Sacks, peer.Stamp is not null && manner.Stamps);
        _echo = peer.Stamp ?? 0;
        _sendNext++;
        _receiveNext = segment.Sequence + 1;
        WasOpen = true;
        (State, Deadline) = (TcpState.Open, TimeSpan.MaxValue);
        Emit(TcpFlags.Ack, default, 0);
        Reader?.OnOpen(now);
    }

    /// <summary>The server still knows an older connection with these ports: told so, it forgets that, and takes the next SYN (RFC 9293 §3.10.7.3).</summary>
    private void Refuse(in TcpSegment segment) => station.Send(server, segment with
    {
        SourcePort = _port,
        DestinationPort = serverPort,
        Sequence = segment.Acknowledged,
        Acknowledged = 0,
        Flags = TcpFlags.Reset,
        Window = 0,
    }, default, default);

    private void TakeAck(uint acknowledged)
    {
        if (_request.Length == 0 || acknowledged != _sendNext + (uint)_request.Length) return;
        _sendNext = acknowledged;
        (_request, Deadline) = ([], TimeSpan.MaxValue);
    }

    private void TakeStream(in TcpSegment segment, ReadOnlySpan<byte> payload, TimeSpan now)
    {
        var old = (int)(_receiveNext - segment.Sequence);
        if (old < 0) TakeAhead(segment.Sequence, payload);
        else
        {
            if (old < payload.Length) TakeNext(payload[old..], now);
            var end = segment.Sequence + (uint)payload.Length;
            if (segment.Has(TcpFlags.Fin) && end == _receiveNext && State == TcpState.Open) TakeEnd(now);
        }
        if (State is TcpState.Open or TcpState.Ended) Acknowledge();
    }

    private void TakeNext(ReadOnlySpan<byte> payload, TimeSpan now)
    {
        // What came ahead is counted already: up to it only.
        if (_ahead.FirstAfter(_receiveNext) is { } start && start - _receiveNext < (uint)payload.Length) payload = payload[..(int)(start - _receiveNext)];
        _receiveNext += (uint)payload.Length;
        Reader?.OnData(payload, now);
        while (_ahead.Take(_receiveNext) is > 0 and var taken)
        {
            _receiveNext += (uint)taken;
            Reader?.OnTakenAhead(taken, now);
        }
    }

    private void TakeAhead(uint sequence, ReadOnlySpan<byte> payload)
    {
        station.Counters.TcpOutOfOrder++;
        if (payload.IsEmpty || Reader is null) return;
        var range = new SequenceRange(sequence, sequence + (uint)payload.Length);
        if (_ahead.Fits(range) && Reader.TakeAhead(sequence - _receiveNext, payload)) _ahead.Add(range);
    }

    private void TakeEnd(TimeSpan now)
    {
        _receiveNext++;
        State = TcpState.Ended;
        Reader?.OnEnd(now);
    }

    private void Acknowledge()
    {
        Span<byte> sack = stackalloc byte[28]; // 4 + 3 x 8
        var length = _sacks ? TcpOptions.WriteSack(sack, _ahead.All) : 0;
        Emit(TcpFlags.Ack, sack[..length], 0);
    }

    private void Repeat(TimeSpan now)
    {
        Deadline = now + Gaps[_try];
        if (State == TcpState.SynSent)
        {
            Span<byte> options = stackalloc byte[TcpOptions.Longest];
            EmitWith(TcpFlags.Syn, options[..TcpOptions.WriteSyn(options, MaximumSegment, manner, Clock)], 0);
        }
        else Emit(TcpFlags.Ack | TcpFlags.Push, default, _request.Length);
    }

    private uint Clock => (uint)_now.TotalMilliseconds;

    private void Emit(TcpFlags flags, scoped ReadOnlySpan<byte> more, int payloadLength)
    {
        Span<byte> options = stackalloc byte[TcpOptions.Longest];
        var length = _stamps ? TcpOptions.WriteStamps(options, Clock, _echo) : 0;
        more.CopyTo(options[length..]);
        EmitWith(flags, options[..(length + more.Length)], payloadLength);
    }

    private void EmitWith(TcpFlags flags, scoped ReadOnlySpan<byte> options, int payloadLength)
    {
        var window = flags.HasFlag(TcpFlags.Syn) ? manner.SynWindow : _scaled ? manner.ReceiveWindow >> manner.Scale!.Value : Math.Min(manner.ReceiveWindow, ushort.MaxValue);
        station.Send(server, new TcpSegment
        {
            SourcePort = _port,
            DestinationPort = serverPort,
            Sequence = _sendNext,
            Acknowledged = flags.HasFlag(TcpFlags.Ack) ? _receiveNext : 0,
            Flags = flags,
            Window = (ushort)window,
        }, options, _request.AsSpan(0, payloadLength));
    }

    private void Forget() => (State, Deadline, _request) = (TcpState.Closed, TimeSpan.MaxValue, []);
}
