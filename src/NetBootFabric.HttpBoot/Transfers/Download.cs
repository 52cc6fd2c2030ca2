using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Events;
using NetBootFabric.HttpBoot.Admission;
using NetBootFabric.HttpBoot.Requests;
using NetBootFabric.HttpBoot.Serving;
using NetBootFabric.Sockets;

namespace NetBootFabric.HttpBoot.Transfers;

internal enum Advance
{
    /// <summary>The last octet is with the socket.</summary>
    Done,

    /// <summary>The socket takes no more for now.</summary>
    Blocked,

    /// <summary>As much as was to go at once went.</summary>
    Paused,

    /// <summary>The client is gone.</summary>
    Gone,

    /// <summary>The file lacks octets that were promised.</summary>
    Short,
}

/// <summary>The body of one answer on its way to a client: stretches of files by sendfile, what is made for the client from memory.</summary>
internal sealed class Download : BodyTicket
{
    /// <summary>Samples without a segment that arrived: two seconds. A machine that was switched off keeps its place no longer, and one that waits for TCP's time-out gets it back.</summary>
    private const int SilentSamples = 8;

    private readonly HttpConnection _connection;
    private readonly HttpServices _services;
    private readonly BootContent _content;
    private readonly ByteRange _range;
    private StreamCounters _counted;
    private int _silent;
    private long _metered, _pace;

    public Download(HttpConnection connection, HttpServices services, BootContent content, ByteRange range, Transfer story) : base(IsForGate(range) ? services.Gate.Racks.RackOf(connection.Peer) : 0)
    {
        (_connection, _services, _content, _range, Story) = (connection, services, content, range, story);
    }

    public Transfer Story { get; }

    /// <summary>The gate has a say in it.</summary>
    public bool IsLarge => IsForGate(_range);
    public long Length => _range.Length;

    private static bool IsForGate(ByteRange range) => range.Length >= SharedGate.SmallBody;

    private long Left => _range.Length - Story.Bytes;

    /// <summary>Asks for admission: <see cref="BodyTicket.IsHeld"/> says whether it has to wait.</summary>
    public void Begin(StreamSocket socket)
    {
        Story.Started();
        if (IsLarge)
        {
            // What the connection did before is not this body's.
            if (socket.TryCount(out var counters)) _counted = counters;
            _services.Gate.Enter(this);
            Pace(socket);
        }
        if (!IsHeld) Meter();
    }

    /// <summary>Another thread made room; the rest happens on the connection's own.</summary>
    public override void Admitted() => _connection.Admitted();

    /// <summary>Its turn has come, and the connection's thread knows.</summary>
    public void Meter()
    {
        if (_metered > 0 || Left == 0) return;
        _metered = Left;
        _services.Uplink.Began(Left);
    }

    /// <summary>Sends up to <paramref name="budget"/> octets.</summary>
    public Advance Move(StreamSocket socket, Span<byte> scratch, int budget)
    {
        while (Left > 0)
        {
            if (budget <= 0) return Advance.Paused;
            var sent = Piece(socket, scratch, (int)Math.Min(Left, budget), out var error);
            if (sent > 0) Moved(sent);
            else if (error == Errno.EAGAIN) return Advance.Blocked;
            else return error is Errno.None or Errno.EIO ? Advance.Short : Advance.Gone;
            budget -= sent;
        }
        return Advance.Done;
    }

    /// <summary>All of it, into <paramref name="destination"/>: small bodies leave with their head. False: it got shorter.</summary>
    public bool TryRead(Span<byte> destination) => TryRead(_range.Start, destination) == destination.Length;

    public void Moved(int octets)
    {
        Story.Moved(octets);
        if (_metered <= 0) return;
        _metered -= octets;
        _services.Uplink.Moved(octets);
    }

    /// <summary>Tells the gate what TCP had to do for it.</summary>
    public void Sample(StreamSocket socket)
    {
        if (!IsLarge) return;
        Pace(socket);
        if (IsHeld || !socket.TryCount(out var counters)) return;
        var since = counters.Since(_counted);
        _services.Gate.Observe(since.Segments, since.Retransmitted, since.Delivered, since.DeliveredOctets);
        _counted = counters;
        _silent = since.Delivered > 0 ? 0 : _silent + 1;
        if (_silent < SilentSamples) return;
        _silent = 0;
        _services.Gate.Yield(this);
    }

    /// <summary>A system call only where it makes a difference.</summary>
    private void Pace(StreamSocket socket)
    {
        var pace = _services.Gate.Pace;
        if (pace == _pace || (_pace > 0 && pace > 0 && Math.Abs(pace - _pace) < _pace / 16)) return;
        _pace = pace;
        socket.Pace(pace);
    }

    public void Done(StreamSocket socket)
    {
        End(socket);
        Story.Done();
    }

    public void Failed(StreamSocket socket, TransferFailure failure, string detail)
    {
        End(socket);
        Story.Failed(failure, detail);
    }

    private void End(StreamSocket socket)
    {
        Sample(socket);
        if (IsLarge) _services.Gate.Leave(this);
        if (_pace > 0) socket.Pace(0); // the connection's next answer may be a small one
        if (_metered > 0) _services.Uplink.Ended(_metered);
        _metered = 0;
        _content.Dispose();
    }

    private int Piece(StreamSocket socket, Span<byte> scratch, int count, out Errno error)
    {
        var at = _range.Start + Story.Bytes;
        if (_content.TryStretch(at, out var stretch)) return socket.SendFile(stretch.File, stretch.Offset, (int)Math.Min(count, stretch.Length), out error);
        var read = TryRead(at, scratch[..Math.Min(count, scratch.Length)]);
        error = Errno.None;
        return read == 0 ? 0 : socket.Send(scratch[..read], more: read < Left, out error);
    }

    private int TryRead(long offset, Span<byte> destination)
    {
        try
        {
            return _content.Read(offset, destination);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
