using NetBootFabric.Storm.Clients;
using NetBootFabric.Storm.Content;
using NetBootFabric.Storm.Network;
using NetBootFabric.Storm.Tcp;

namespace NetBootFabric.Storm.Http;

/// <summary>One request and its answer. Uses the station's connection when that goes to the same server and is free, else opens one.</summary>
internal sealed class HttpFetch(Station station, HttpManner manner, BootUrl url, Download download, bool headOnly = false) : Step, ITcpReader
{
    private const int LongestHead = 8192, MostWaits = 100;

    private readonly byte[] _request = manner.Request(headOnly ? "HEAD" : "GET", url, station);
    private byte[] _headOctets = [];
    private TcpConnection? _connection;
    private HttpHead? _head;
    private ChunkReader? _chunks;
    private TimeSpan _silentSince;
    private TimeSpan? _waitUntil;
    private bool _reused;
    private int _waits;

    public override void Start(TimeSpan now)
    {
        (_head, _chunks, _headOctets, _waitUntil, _silentSince) = (null, null, [], null, now);
        _reused = station.Connection is { IsIdle: true } idle && idle.Server == url.Host && idle.ServerPort == url.Port;
        if (!_reused) station.Connect(manner.Tcp, url.Host, url.Port);
        _connection = station.Connection!;
        _connection.Reader = this;
        if (_reused) OnOpen(now);
        else _connection.Open(now);
        SetDeadline();
    }

    public override void Expire(TimeSpan now)
    {
        if (_waitUntil <= now) Start(now);
        else if (now - _silentSince >= manner.Patience) Fail(FailureStep.HttpTimeout, $"{url}: nothing for {manner.Patience.TotalSeconds:0} s after {download.Received} octets");
        else _connection!.Expire(now);
        if (State == StepState.Going) SetDeadline();
        else Leave();
    }

    /// <summary>Called when the connection has had a segment.</summary>
    public override void OnTcp(TimeSpan now)
    {
        if (State == StepState.Going) SetDeadline();
    }

    public void OnOpen(TimeSpan now)
    {
        station.Counters.HttpRequests++;
        _silentSince = now;
        _connection!.Send(_request, now);
    }

    public void OnData(ReadOnlySpan<byte> octets, TimeSpan now)
    {
        _silentSince = now;
        if (State != StepState.Going) return;
        if (_head is null && !TakeHead(ref octets, now)) return;
        if (State == StepState.Going && _waitUntil is null) TakeBody(octets);
    }

    public bool TakeAhead(long ahead, ReadOnlySpan<byte> octets)
    {
        if (_head is not { Length: { } length } || headOnly || download.IsKept || _chunks is not null || State != StepState.Going || _waitUntil is not null) return false;
        if (download.InOrder + ahead + octets.Length > length) return false;
        download.Take(download.InOrder + ahead, octets);
        return true;
    }

    public void OnTakenAhead(int count, TimeSpan now)
    {
        download.Advance(count);
        _silentSince = now;
        if (State == StepState.Going && download.InOrder == _head!.Value.Length) End();
    }

    public void OnEnd(TimeSpan now)
    {
        if (State != StepState.Going || _waitUntil is not null) return;
        if (_head is { Length: null } && _chunks is null) End(); // the body ends with the stream
        else if (_head is null && _reused && _headOctets.Length == 0) Restart(now);
        else Stop(FailureStep.HttpError, $"connection closed after {download.Received} octets");
    }

    public void OnReset(string why, TimeSpan now)
    {
        if (State != StepState.Going || _waitUntil is not null) return;
        if (_reused && _head is null && _headOctets.Length == 0) Restart(now);
        else Stop(_connection!.WasOpen ? FailureStep.HttpError : FailureStep.HttpConnect, why);
    }

    private bool TakeHead(ref ReadOnlySpan<byte> octets, TimeSpan now)
    {
        var before = _headOctets.Length;
        _headOctets = [.. _headOctets, .. octets[..Math.Min(octets.Length, LongestHead - before)]];
        var size = HttpHead.SizeOf(_headOctets);
        if (size == 0)
        {
            if (_headOctets.Length == LongestHead) Stop(FailureStep.HttpError, "a head without end");
            return false;
        }
        octets = octets[(size - before)..];
        var head = HttpHead.Parse(_headOctets.AsSpan(0, size));
        _head = head;
        if (head.Status == 503 && head.RetryAfterSeconds is { } seconds && ++_waits <= MostWaits) Wait(now, seconds);
        else if (head.Status is < 200 or > 299) Stop(FailureStep.HttpError, $"status {head.Status}");
        else if (head.IsChunked && !headOnly) _chunks = new ChunkReader();
        else if (headOnly || head.Length == 0 || head.Status == 204) End();
        return true;
    }

    private void TakeBody(ReadOnlySpan<byte> octets)
    {
        if (_chunks is not null) TakeChunks(octets);
        else if (_head!.Value.Length is { } length && octets.Length > length - download.InOrder) Stop(FailureStep.HttpError, "more octets than announced");
        else
        {
            download.Append(octets);
            if (download.InOrder == _head.Value.Length) End();
        }
    }

    private void TakeChunks(ReadOnlySpan<byte> octets)
    {
        while (_chunks!.Next(ref octets) is { IsEmpty: false } data) download.Append(data);
        if (_chunks.IsWrong) Stop(FailureStep.HttpError, "not well chunked");
        else if (_chunks.IsEnd) End();
    }

    /// <summary>iPXE honours Retry-After: the server is busy and says when to come again.</summary>
    private void Wait(TimeSpan now, int seconds)
    {
        station.Disconnect();
        _waitUntil = now + TimeSpan.FromSeconds(seconds);
    }

    private void Restart(TimeSpan now)
    {
        station.Disconnect();
        Start(now);
    }

    private void End()
    {
        if (!headOnly && download.Verdict(_head!.Value.Length) is { } wrong)
        {
            Stop(FailureStep.WrongContent, wrong);
            return;
        }
        if (_head!.Value.Closes || !manner.KeepsAlive) Leave();
        Done();
    }

    private void Stop(FailureStep step, string what)
    {
        Leave();
        Fail(step, $"{url}: {what}");
    }

    private void Leave()
    {
        if (station.Connection == _connection) station.Disconnect();
    }

    private void SetDeadline()
    {
        var patience = _silentSince + manner.Patience;
        Deadline = _waitUntil ?? (_connection!.Deadline < patience ? _connection.Deadline : patience);
    }
}
