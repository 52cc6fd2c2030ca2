using NetBootFabric.Boot.Events;
using NetBootFabric.HttpBoot.Transfers;
using NetBootFabric.Sockets;

namespace NetBootFabric.HttpBoot.Serving;

/// <summary>One answer on its way out: the head, then the body, as fast as the client reads and the gate lets it.</summary>
internal sealed class Answer(HttpConnection connection, HttpServices services, StreamSocket socket)
{
    /// <summary>Octets that are sent before others get their turn: about as many as a socket takes. With less the kernel goes on in this thread with what acknowledgements would have brought on.</summary>
    private const int OctetsAtOnce = 4 << 20;

    /// <summary>One packet on Ethernet: what a held client gets at a time.</summary>
    private const int Morsel = 1448;

    /// <summary>UEFI's HTTP boot gives up when nothing comes for 5 s: who lost one packet of these still has the next.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private PendingOctets _output;
    private Download? _download;
    private int _status;
    private TimeSpan _window; // since when the reader's speed is measured
    private bool _isReminded; // the loop comes back while it is held
    private bool _wasHeld; // within the window
    private long _before; // octets that went before the window
    private StreamCounters _counted; // what TCP had done by then for a large one

    /// <summary>The client did not get what it was promised.</summary>
    public bool IsCut { get; private set; }

    private HttpLoop Loop => connection.Loop;

    /// <summary>True: it is over.</summary>
    /// <param name="length">Octets of the loop's output: the head, or a whole answer without download.</param>
    public bool Begin(int length, int status, Download? download)
    {
        (_status, _download, IsCut) = (status, download, false);
        HttpBootMetrics.Answer(status);
        Measure();
        if (download is not null) return BeginBody(length, download);
        Write(Loop.Output.AsSpan(0, length), 0, more: false);
        return IsCut || _output.IsEmpty;
    }

    /// <summary>True: it is over.</summary>
    public bool Continue()
    {
        if (_download?.IsHeld == true) return false;
        if (!Flush()) return IsCut;
        return _download is null || Settle(_download, OctetsAtOnce);
    }

    /// <summary>The body's turn has come.</summary>
    public void Admitted()
    {
        if (_download is { IsHeld: false } download) download.Meter();
    }

    /// <summary>Once a second. True: it is over.</summary>
    public bool Tick()
    {
        _wasHeld |= _download?.IsHeld == true;
        var took = Loop.Now - _window;
        if (took < services.Options.SlowReaderGrace) return false;
        // Who was held got little, but that it had to take.
        var least = _wasHeld ? 1 : services.Options.MinimumBytesPerSecond * took.TotalSeconds;
        if (Got < least) Cut("slow", TransferFailure.TimedOut, "read too slowly");
        Measure();
        return IsCut;
    }

    public void Sample()
    {
        _download?.Sample(socket);
        if (_download?.IsHeld == true) Remind();
    }

    /// <summary>A held client gets just so much that it stays. True: it is over.</summary>
    public bool Nourish()
    {
        _isReminded = false;
        if (_download is not { IsHeld: true } download) return false;
        Remind();
        return Flush() ? Settle(download, Morsel) : IsCut;
    }

    /// <summary>The client is gone.</summary>
    public void Abandon() => Cut("client", TransferFailure.ClientError, "closed the connection");

    /// <summary>Leaves nothing behind, and tells how it went.</summary>
    public void Finish(Exchange exchange, long began)
    {
        if (!IsCut) _download?.Done(socket);
        exchange.Note(_status, _download, services.Time.GetElapsedTime(began));
        if (_download is { IsLarge: true }) Loop.Large.Remove(connection);
        _download = null;
        _output.Clear();
    }

    private bool BeginBody(int length, Download download)
    {
        if (download.IsLarge) Loop.Large.Add(connection);
        download.Begin(socket);
        if (download.IsHeld)
        {
            Remind();
            _output.Add(Loop.Output.AsSpan(0, length));
            return false;
        }
        if (!download.IsLarge) return SendWhole(length, download);
        Write(Loop.Output.AsSpan(0, length), 0, more: true);
        return IsCut || (_output.IsEmpty && Settle(download, OctetsAtOnce));
    }

    /// <summary>Head and body in one packet, or a few.</summary>
    private bool SendWhole(int head, Download download)
    {
        var body = Loop.Output.AsSpan(head, (int)download.Length);
        if (!download.TryRead(body))
        {
            Cut(Advance.Short);
            return true;
        }
        var sent = Write(Loop.Output.AsSpan(0, head + body.Length), body.Length, more: false);
        if (sent > head) download.Moved(sent - head);
        return IsCut || sent == head + body.Length;
    }

    // Spread over time: a room that asks at once and is answered at once again and again would fill a queue each time.
    private void Remind()
    {
        if (_isReminded) return;
        _isReminded = true;
        Loop.Remind(connection, Patience * (0.5 + 0.5 * Random.Shared.NextDouble()));
    }

    private bool Settle(Download download, int budget)
    {
        var advance = download.Move(socket, Loop.Output, budget);
        switch (advance)
        {
            case Advance.Paused when !download.IsHeld: Loop.Queue(connection); break;
            case Advance.Gone or Advance.Short: Cut(advance); break;
        }
        return IsCut || advance == Advance.Done;
    }

    /// <summary>How many octets went. The rest is kept, but for the last <paramref name="body"/>: those can be read again.</summary>
    private int Write(ReadOnlySpan<byte> octets, int body, bool more)
    {
        var sent = socket.Send(octets, more, out var error);
        if (error is not (Errno.None or Errno.EAGAIN)) Cut(Advance.Gone);
        else if (sent < octets.Length - body) _output.Add(octets[sent..^body]);
        return sent;
    }

    /// <summary>False: some is left, or the client is gone.</summary>
    private bool Flush()
    {
        while (!_output.IsEmpty)
        {
            var sent = socket.Send(_output.Octets, more: _download is not null, out var error);
            _output.Drop(sent);
            if (error == Errno.EAGAIN) return false;
            if (error == Errno.None) continue;
            Cut(Advance.Gone);
            return false;
        }
        return true;
    }

    private void Cut(Advance advance)
    {
        // The length was promised: closing the connection is the only way left to say that the rest does not come.
        if (advance == Advance.Short) Cut("read", TransferFailure.ReadError, "the file got shorter, or could not be read");
        else Abandon();
    }

    private void Cut(string by, TransferFailure failure, string detail)
    {
        IsCut = true;
        HttpBootMetrics.Cut(by);
        _download?.Failed(socket, failure, detail);
    }

    /// <summary>Octets within the window. Of a large body those that the client acknowledged: its socket takes megabytes ahead, and then for long nothing.</summary>
    private long Got => _download is not { } download ? 0
        : download.IsLarge && socket.TryCount(out var counters) ? counters.Since(_counted).DeliveredOctets
        : download.Story.Bytes - _before;

    private void Measure()
    {
        (_window, _wasHeld, _before) = (Loop.Now, false, _download?.Story.Bytes ?? 0);
        if (_download is { IsLarge: true } && socket.TryCount(out var counters)) _counted = counters;
    }
}
