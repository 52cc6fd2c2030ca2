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
    private readonly BlockingCollection<Action> _calls = new(Capacity);
    private readonly Thread _thread;
    private volatile string _name = SessionName.Alone;
    private NpgsqlConnection? _connection;
    private string _connectionName = "";
    private string _lastFailure = "";

    public PostgresLane(PostgresConnector connector, TimeProvider time, StoreHealth health, string threadName)
    {
        (_connector, _time, _health) = (connector, time, health);
        _backoff = new Backoff(time, LongestDelay);
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
        var failure = TryAdd(() => Perform(call, completed, isRepeatable));
        if (failure is null) return;
        _health.TurnedAway();
        completed(default, new StoreUnavailableException(failure));
    }

    /// <summary>Makes the calls that wait, then closes the connection.</summary>
    public void Dispose()
    {
        _calls.CompleteAdding();
        _thread.Join();
        _connection?.Dispose();
        _calls.Dispose();
    }

    private string? TryAdd(Action call)
    {
        try
        {
            return _calls.TryAdd(call) ? null : $"{Capacity} calls are waiting already";
        }
        catch (InvalidOperationException)
        {
            return "the store is closed";
        }
    }

    private void Run()
    {
        foreach (var call in _calls.GetConsumingEnumerable()) call();
    }

    private void Perform<T>(Func<NpgsqlConnection, T> call, Action<T?, Exception?> completed, bool isRepeatable)
    {
        T? answer = default;
        StoreUnavailableException? failure = null;
        try
        {
            answer = Make(call, isRepeatable);
            _health.Succeeded(1);
        }
        catch (Exception fault)
        {
            failure = PostgresFault.Unavailable(fault, _connector);
            _health.Failed(failure);
        }
        try
        {
            completed(answer, failure);
        }
        catch (Exception fault)
        {
            _health.CompletionFailed(fault);
        }
    }

    private T Make<T>(Func<NpgsqlConnection, T> call, bool isRepeatable)
    {
        var began = _time.GetTimestamp();
        var wasConnected = _connection is not null;
        try
        {
            return Through(call, isRepeatable);
        }
        catch (Exception) when (isRepeatable && wasConnected && _connection is null && _time.GetElapsedTime(began) < AtOnce)
        {
            return Through(call, isRepeatable);
        }
    }

    private T Through<T>(Func<NpgsqlConnection, T> call, bool isRepeatable)
    {
        if (_connection is null && _backoff.Remaining > TimeSpan.Zero) throw new StoreUnavailableException(_lastFailure);
        var began = _time.GetTimestamp();
        var wasConnected = _connection is not null;
        try
        {
            if (!isRepeatable) LeaveIfEnded();
            return call(Connected());
        }
        catch (Exception fault)
        {
            if (fault is PostgresException && _connection?.State == ConnectionState.Open) throw;
            Close();
            if (!wasConnected || _time.GetElapsedTime(began) >= AtOnce) _backoff.Failed(); // the first try after a loss comes at once
            _lastFailure = PostgresFault.Unavailable(fault, _connector).Message;
            throw;
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
