using System.Collections.Concurrent;
using System.Data;
using NetBootFabric.Storage.Writing;
using Npgsql;

namespace NetBootFabric.Storage.Postgres.Cluster;

/// <summary>
/// One connection and the one thread that makes calls through it, one after another, and runs their completions. Blocking calls on a thread of its own: heartbeats have to go
/// out also while the thread pool is busy. Whoever fences a member ends its sessions, and a restart of the server ends all: a <em>repeatable</em> call that finds its connection
/// ended is made again on a new one; any other is made only after a round trip has shown that the connection stands. A call that fails is not made again here, and until it
/// is time to connect anew, calls fail at once.
/// </summary>
internal sealed class PostgresLane : IDisposable
{
    /// <summary>Calls that may wait: their callers make one at a time.</summary>
    private const int Capacity = 64;

    private static readonly TimeSpan LongestDelay = TimeSpan.FromMilliseconds(500);

    /// <summary>A connection that was ended is found so at once; a failure that took longer is the server's, and is not tried again.</summary>
    private static readonly TimeSpan AtOnce = TimeSpan.FromMilliseconds(200);

    private readonly PostgresConnector _connector;
    private readonly TimeProvider _time;
    private readonly StoreHealth _health;
    private readonly Backoff _backoff;
    private readonly BlockingCollection<(LaneCall Call, bool IsRepeatable)> _calls = new(Capacity);
    private readonly ITimer _clock;
    private readonly Thread _thread;
    private volatile string _name = SessionName.Alone;
    private volatile LaneCall? _present;
    private NpgsqlConnection? _connection;
    private string _connectionName = "";
    private string _lastFailure = "";

    public PostgresLane(PostgresConnector connector, TimeProvider time, StoreHealth health, string threadName)
    {
        (_connector, _time, _health) = (connector, time, health);
        _backoff = new Backoff(time, LongestDelay);
        _clock = time.CreateTimer(_ => GiveUp(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _thread = new Thread(Run) { IsBackground = true, Name = threadName };
        _thread.Start();
    }

    /// <summary>The session's application name, from the next call on.</summary>
    public string Name
    {
        set => _name = value;
    }

    public int Waiting => _calls.Count;

    /// <param name="isRepeatable">Done twice is as good as once.</param>
    public void Submit<T>(Func<NpgsqlConnection, T> call, Action<T?, Exception?> completed, bool isRepeatable = false)
    {
        var item = new LaneCall<T>(call, completed);
        if (TryAdd(item, isRepeatable) is { } failure) item.Answer(new StoreUnavailableException(failure), _health);
    }

    /// <summary>Makes the calls that wait, then closes the connection.</summary>
    public void Dispose()
    {
        _calls.CompleteAdding();
        _thread.Join();
        _connection?.Dispose();
        _clock.Dispose();
        _calls.Dispose();
    }

    private string? TryAdd(LaneCall call, bool isRepeatable)
    {
        try
        {
            if (_present is { IsLate: true }) return Late();
            return _calls.TryAdd((call, isRepeatable)) ? null : $"{Capacity} calls are waiting already";
        }
        catch (InvalidOperationException)
        {
            return "the store is closed";
        }
    }

    private void Run()
    {
        foreach (var (call, isRepeatable) in _calls.GetConsumingEnumerable())
        {
            call.Began = _time.GetTimestamp();
            _present = call;
            _clock.Change(_connector.Limits.Deadline, Timeout.InfiniteTimeSpan);
            var failure = Perform(call, isRepeatable);
            _clock.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            call.Answer(failure, _health);
            _present = null;
        }
    }

    /// <summary>The caller is told; the thread finds out for itself, and until then further calls fail at once.</summary>
    private void GiveUp()
    {
        if (_present is { } call && _time.GetElapsedTime(call.Began) >= _connector.Limits.Deadline / 2) call.Answer(new StoreUnavailableException(Late()), _health, isLate: true); // not for the call before
    }

    private string Late() => $"{_connector.Name} does not answer. Check that PostgreSQL runs and is reached; {_connector.User} may wait for a lock there: see pg_stat_activity";

    private StoreUnavailableException? Perform(LaneCall call, bool isRepeatable)
    {
        var began = _time.GetTimestamp();
        var wasConnected = _connection is not null;
        var failure = Try(call, isRepeatable);
        var isLost = wasConnected && _connection is null && _time.GetElapsedTime(began) < AtOnce;
        return failure is not null && isRepeatable && isLost ? Try(call, isRepeatable) : failure;
    }

    private StoreUnavailableException? Try(LaneCall call, bool isRepeatable)
    {
        if (_connection is null && _backoff.Remaining > TimeSpan.Zero) return new StoreUnavailableException(_lastFailure);
        var began = _time.GetTimestamp();
        var wasConnected = _connection is not null;
        try
        {
            if (!isRepeatable) LeaveIfEnded();
            call.Make(Connected());
            return null;
        }
        catch (Exception fault)
        {
            var failure = PostgresFault.Unavailable(fault, _connector);
            if (fault is PostgresException && _connection?.State == ConnectionState.Open) return failure;
            Close();
            if (!wasConnected || _time.GetElapsedTime(began) >= AtOnce) _backoff.Failed(); // the first try after a loss comes at once
            _lastFailure = failure.Message;
            return failure;
        }
    }

    private NpgsqlConnection Connected()
    {
        var name = _name;
        if (_connection is null) _connection = _connector.Open(name);
        else if (_connectionName != name) PostgresConnector.Rename(_connection, name);
        _connectionName = name;
        _backoff.Reset();
        return _connection;
    }

    private void LeaveIfEnded()
    {
        if (_connection is null) return;
        var began = _time.GetTimestamp();
        try
        {
            using var command = new NpgsqlCommand("SELECT 1", _connection);
            command.ExecuteNonQuery();
        }
        catch (Exception fault) when (fault is (NpgsqlException or InvalidOperationException) && _time.GetElapsedTime(began) < AtOnce)
        {
            Close();
        }
    }

    private void Close()
    {
        _connection?.Dispose();
        _connection = null;
    }
}
