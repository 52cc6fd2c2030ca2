using NetBootFabric.Boot.Transfers;
using NetBootFabric.HttpBoot.Requests;
using NetBootFabric.HttpBoot.Transfers;
using NetBootFabric.Sockets;
using NetBootFabric.Wire;

namespace NetBootFabric.HttpBoot.Serving;

/// <summary>
/// One client's connection: reads requests one after another, and looks at the next when the answer before is sent. All of it happens on its loop's thread, but for what says
/// otherwise. It holds buffers only while a request is half read or an answer half sent.
/// </summary>
internal sealed class HttpConnection
{
    private enum Stage { Reading, Opening, Answering, Lingering, Closed }

    /// <summary>Requests that are answered before others get their turn.</summary>
    private const int RequestsAtOnce = 16;

    /// <summary>For a client that we hang up on, to read why.</summary>
    private static readonly TimeSpan LingerTime = TimeSpan.FromSeconds(2);

    private readonly HttpServices _services;
    private readonly StreamSocket _socket;
    private readonly Exchange _exchange;
    private readonly Answer _answer;
    private PendingOctets _input;
    private Stage _stage;
    private RequestBody? _body;
    private UdpEndpoint? _local;
    private bool _readable, _hasEnded, _isUsed, _isPosted;
    private long _began; // timestamp of the request that is being answered
    private long _asked; // the same when it is for a file or script, else 0; read by any thread
    private TimeSpan _since; // when the stage or the request that is half there began

    public HttpConnection(HttpLoop loop, HttpServices services, StreamSocket socket)
    {
        (Loop, _services, _socket, _since) = (loop, services, socket, loop.Now);
        Peer = new Ipv4Address(socket.PeerAddress);
        _exchange = new Exchange(this, services);
        _answer = new Answer(this, services, socket);
    }

    public HttpLoop Loop { get; }
    public StreamSocket Socket => _socket;
    public Ipv4Address Peer { get; }
    public Ipv4Address Local => new((_local ??= _socket.Local).Address);

    /// <summary>Where the loop keeps it.</summary>
    public int Slot { get; set; }

    /// <summary>It waits in the loop's queue of those that go on without being told.</summary>
    public bool IsQueued { get; set; }
    public bool IsClosed => _stage == Stage.Closed;

    /// <summary>The ends of the connection when a file or script was asked for that long ago, and is not wholly sent. Any thread.</summary>
    public HttpDownload? DownloadOlderThan(TimeSpan age)
    {
        var asked = Volatile.Read(ref _asked);
        if (asked == 0 || _services.Time.GetElapsedTime(asked) < age || _local is not { } local) return null;
        return new HttpDownload(new Ipv4Address(local.Address), local.Port, Peer, _socket.PeerPort);
    }

    /// <summary>A file or script is asked for.</summary>
    public void Asked()
    {
        _local ??= _socket.Local;
        Volatile.Write(ref _asked, _began);
        Loop.Downloading++;
    }

    public void On(StreamEvents events)
    {
        if ((events & StreamEvents.Broken) != 0) Break();
        else if ((events & (StreamEvents.Readable | StreamEvents.Ended)) != 0) _readable = true;
        _hasEnded |= (events & StreamEvents.Ended) != 0;
        Continue();
    }

    /// <summary>Goes on as far as it can.</summary>
    public void Continue()
    {
        if (_stage == Stage.Answering && _answer.Continue()) Answered();
        if (_stage == Stage.Reading) Read();
        if (_stage == Stage.Lingering) Drain();
    }

    /// <summary>What was asked for is found. Any thread.</summary>
    public void Opened() => Loop.Post(this, PostedWork.Opened);

    /// <summary>The download's turn has come. Any thread.</summary>
    public void Admitted() => Loop.Post(this, PostedWork.Admitted);

    public void On(PostedWork work)
    {
        if (work == PostedWork.Opened && _stage == Stage.Opening) Opened(_isPosted);
        if (work == PostedWork.Admitted) _answer.Admitted();
        Continue();
    }

    /// <param name="isPosted">Its head is gone: there is nothing in it that the answer to a posted form would follow.</param>
    private void Opened(bool isPosted)
    {
        _stage = Stage.Reading;
        if (isPosted) AnswerPosted(default);
    }

    private void AnswerPosted(ReadOnlySpan<byte> body)
    {
        _isPosted = !_exchange.Answer(default, body);
        if (_isPosted) _stage = Stage.Opening;
    }

    /// <summary>Sends the first octets of the loop's output, and then the body.</summary>
    public void Send(int head, int status, Download? body = null)
    {
        _stage = Stage.Answering;
        if (_answer.Begin(head, status, body)) Answered();
    }

    /// <summary>Once a second.</summary>
    public void Tick()
    {
        switch (_stage)
        {
            case Stage.Reading when Loop.Now - _since >= Patience: RunOut(); break;
            case Stage.Answering when _answer.Tick():
                Answered();
                Continue();
                break;
            case Stage.Lingering when Loop.Now - _since >= LingerTime: Close(); break;
        }
    }

    /// <summary>The loop was told to come back to it.</summary>
    public void Nourish()
    {
        if (!_answer.Nourish()) return;
        Answered();
        Continue();
    }

    /// <summary>Every quarter of a second.</summary>
    public void Sample() => _answer.Sample();

    /// <summary>No request is begun after this; a running answer is sent to its end.</summary>
    public void EndSoon()
    {
        _exchange.KeepAlive = false;
        if (_stage == Stage.Reading && _input.IsEmpty && _body is null) Close();
    }

    /// <summary>The client is gone, or as good as gone.</summary>
    public void Break()
    {
        if (_stage == Stage.Closed) return;
        NotAsked(); // whoever hears of the end may rely on it
        if (_stage == Stage.Answering)
        {
            _answer.Abandon();
            _answer.Finish(_exchange, _began);
        }
        Close(abort: _stage != Stage.Lingering); // when both sides have said all, what was sent still goes out
    }

    private TimeSpan Patience => IsWaiting ? _services.Options.KeepAliveTimeout : _services.Options.HeaderTimeout;

    /// <summary>Between two requests.</summary>
    private bool IsWaiting => _isUsed && _input.IsEmpty && _body is null;

    private void RunOut()
    {
        if (_input.IsEmpty && _body is null) Close();
        else Refuse(408);
    }

    private void Read()
    {
        var input = Loop.Input;
        var (start, end, served) = (0, _input.Octets.Length, 0);
        _input.Octets.CopyTo(input);
        var hadSome = !_input.IsEmpty;
        _input.Clear();
        while (_stage == Stage.Reading)
        {
            var used = Take(input.AsSpan(start, end - start));
            start += used;
            if (used > 0 && ++served < RequestsAtOnce) continue;
            if (used > 0) Loop.Queue(this);
            if (used > 0 || _stage != Stage.Reading || !_readable) break;
            input.AsSpan(start, end - start).CopyTo(input);
            (start, end) = (0, end - start);
            if (!Receive(input, ref end)) break;
        }
        if (_stage is Stage.Closed or Stage.Lingering) return;
        _input.Add(input.AsSpan(start, end - start));
        if (_stage == Stage.Reading && !hadSome && !_input.IsEmpty) _since = Loop.Now;
    }

    /// <summary>False: nothing came.</summary>
    private bool Receive(byte[] input, ref int end)
    {
        var count = _socket.Receive(input.AsSpan(end), out var error);
        // Less: the socket is empty, and the next octet is told of. The end is told of once, perhaps with the octets before it.
        _readable = _hasEnded || count == input.Length - end;
        end += count;
        if (count > 0) return true;
        if (error != Errno.EAGAIN) Close(abort: error != Errno.None);
        return false;
    }

    /// <summary>Octets of at most one request that are done with.</summary>
    private int Take(ReadOnlySpan<byte> octets)
    {
        if (octets.IsEmpty) return 0;
        if (_body is not null) return TakeBody(octets);
        var used = RequestParser.Parse(octets, _services.Options.MaximumHeaderBytes, out var head);
        if (used > 0) return TakeHead(octets, used, head);
        if (used == 0) return 0;
        Refuse(-used);
        return octets.Length;
    }

    private int TakeHead(ReadOnlySpan<byte> octets, int used, in RequestHead head)
    {
        if (_began == 0) _began = _services.Time.GetTimestamp();
        _exchange.Begin(head, Loop.Targets.Of(head.Target));
        if (!head.HasBody)
        {
            if (_exchange.Answer(head, default)) return used;
            _stage = Stage.Opening;
            return 0; // the same head is read again when what it asks for is found
        }
        // Nobody has a meaning for the body of a GET (RFC 9110 §9.3.1); to read over it wrongly is how requests are smuggled.
        if (head.Method is RequestMethod.Get or RequestMethod.Head) Refuse(400);
        else if (head.ContentLength > RequestBody.MaximumLength) Refuse(413);
        else Expect(head, octets.Length == used);
        return used;
    }

    private void Expect(in RequestHead head, bool nothingYet)
    {
        _body = new RequestBody(head);
        _since = Loop.Now;
        // A socket that has no room for a line belongs to a client that reads nothing.
        if (head.ExpectsContinue && nothingYet) _ = _socket.Send("HTTP/1.1 100 Continue\r\n\r\n"u8, more: false, out _);
    }

    private int TakeBody(ReadOnlySpan<byte> octets)
    {
        var used = _body!.Take(octets);
        if (used < 0)
        {
            Refuse(-used);
            return octets.Length;
        }
        if (!_body.IsComplete) return used;
        var body = _body;
        _body = null;
        AnswerPosted(body.Kept);
        return used;
    }

    private void Refuse(int status)
    {
        _body = null;
        _input.Clear();
        _exchange.Refuse(status);
    }

    private void Answered()
    {
        _answer.Finish(_exchange, _began);
        _exchange.Forget();
        NotAsked();
        _began = 0;
        _isUsed = true;
        _since = Loop.Now;
        if (_answer.IsCut) Close(abort: true);
        else if (_exchange.KeepAlive) _stage = Stage.Reading;
        else Linger();
    }

    // To close while octets of the client's wait would reset the connection, and take the answer's end from it (RFC 9112 §9.6).
    private void Linger()
    {
        _stage = Stage.Lingering;
        _socket.EndSending();
    }

    private void Drain()
    {
        while (_readable)
        {
            var end = 0;
            var came = Receive(Loop.Input, ref end);
            if (_stage == Stage.Closed || !came) return;
        }
    }

    private void NotAsked()
    {
        if (_asked == 0) return;
        Volatile.Write(ref _asked, 0);
        Loop.Downloading--;
    }

    private void Close(bool abort = false)
    {
        if (_stage == Stage.Closed) return;
        _stage = Stage.Closed;
        _exchange.Forget();
        NotAsked();
        _input.Clear();
        if (abort) _socket.Abort();
        else _socket.Close();
        Loop.Remove(this);
    }
}
