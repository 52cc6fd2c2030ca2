using System.Data;
using NetBootFabric.Storage.Writing;
using Npgsql;

namespace NetBootFabric.Storage.Postgres;

/// <summary>
/// The writer's way to the database. It outlives its connections: one that is lost in the middle of a group is replaced and the group sent again, under
/// the number by which the database knows whether it was committed the first time.
/// </summary>
internal sealed class PostgresSession : IWriteSession
{
    /// <summary>How long a group waits for a database that was there a moment ago: longer than its restart, shorter than a client's second try.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(2);

    /// <summary>How soon an idle node notices that the database is gone.</summary>
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(1);

    private readonly PostgresConnector _connector;
    private readonly TimeProvider _time;
    private readonly Guid _writer = Guid.NewGuid();
    private readonly Backoff _backoff;
    private readonly List<PostgresItem> _items = [];
    private NpgsqlConnection? _connection;
    private StoreIncarnation? _incarnation;
    private string _lastFailure = "";
    private long _number;

    private PostgresSession(PostgresConnector connector, TimeProvider time)
    {
        _connector = connector;
        _time = time;
        _backoff = new Backoff(time, LongestDelay);
    }

    public TimeSpan IdleLimit => _connection is null ? _backoff.Remaining : PingInterval;

    /// <exception cref="StoreUnavailableException">The database can't be reached or used.</exception>
    public static PostgresSession Open(PostgresConnector connector, TimeProvider time)
    {
        var session = new PostgresSession(connector, time);
        session._connection = connector.Open(SessionName.Alone, session._writer);
        return session;
    }

    public bool HasShards() => _connector.HasShards(_connection!);

    public void Add(PostgresItem item) => _items.Add(item);

    public void Begin() => _items.Clear();

    /// <summary>An item that has to follow what others read begins a group of its own, and so does one of another incarnation.</summary>
    public void Commit()
    {
        var group = new PostgresGroup(_items.Count == 0 ? _incarnation : _items[0].Incarnation);
        foreach (var item in _items)
        {
            if (item.Incarnation != group.Incarnation || !item.Fits(group))
            {
                Write(group);
                group = new PostgresGroup(item.Incarnation);
            }
            group.Add(item);
        }
        Write(group);
    }

    /// <summary>Nothing to do: what was not committed, the database has undone.</summary>
    public void Rollback() => _items.Clear();

    public void Dispose()
    {
        if (_connection is not null) _connector.Close(_connection, _writer);
        _connection = null;
    }

    /// <summary>A value that PostgreSQL can't store fails its whole transaction: halves are tried until that item stands alone.</summary>
    private void Write(PostgresGroup group)
    {
        try
        {
            Deliver(group);
        }
        catch (Exception fault) when (PostgresFault.IsOfData(fault) && group.Items.Count > 0)
        {
            if (_connection?.State != ConnectionState.Open) Drop();
            if (group.Items.Count == 1) group.Items[0].Refuse(new ItemRefusedException(fault.Message));
            else WriteHalves(group);
        }
    }

    private void WriteHalves(PostgresGroup group)
    {
        var items = group.Items;
        var (first, second) = (new PostgresGroup(group.Incarnation), new PostgresGroup(group.Incarnation));
        for (var i = 0; i < items.Count; i++) (i < items.Count / 2 ? first : second).Add(items[i]);
        Write(first);
        Write(second);
    }

    private void Deliver(PostgresGroup group)
    {
        var began = _time.GetTimestamp();
        var wasConnected = _connection is not null;
        if (!wasConnected && _backoff.Remaining > TimeSpan.Zero) throw new StoreUnavailableException(_lastFailure);
        _number++;
        for (var tries = 1; ; tries++)
        {
            try
            {
                group.Run(ConnectionOf(group.Incarnation), _writer, _number);
                _backoff.Reset();
                return;
            }
            catch (Exception fault) when (!PostgresFault.IsOfData(fault))
            {
                Drop();
                if (!wasConnected || tries > 1) _backoff.Failed(); // the first try after a loss comes at once
                var failure = PostgresFault.Unavailable(fault, _connector);
                _lastFailure = failure.Message;
                if (!wasConnected || _time.GetElapsedTime(began) > Patience) throw failure;
                Thread.Sleep(_backoff.Remaining);
            }
        }
    }

    private NpgsqlConnection ConnectionOf(StoreIncarnation? incarnation)
    {
        if (_connection is null) _connection = _connector.Open(SessionName.Of(incarnation), _writer);
        else if (_incarnation != incarnation) PostgresConnector.Rename(_connection, SessionName.Of(incarnation));
        _incarnation = incarnation;
        return _connection;
    }

    private void Drop()
    {
        _connection?.Dispose();
        _connection = null;
    }
}
