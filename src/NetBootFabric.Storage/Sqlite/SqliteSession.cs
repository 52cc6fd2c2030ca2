using NetBootFabric.Storage.Catalog;
using NetBootFabric.Storage.Leases;
using NetBootFabric.Storage.Writing;

namespace NetBootFabric.Storage.Sqlite;

/// <summary>The writer's connection, with its statements prepared.</summary>
internal sealed class SqliteSession : IWriteSession
{
    /// <summary>How soon a file that is gone, or free again, is noticed.</summary>
    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(1);

    private readonly SqliteConnection _connection;
    private readonly OpenFile _file;
    private readonly TimeProvider _time;
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _commit;

    private readonly LeaseClock _clock;
    private bool _isLocked;
    private long _checkedAt;

    private SqliteSession(SqliteConnection connection, OpenFile file, TimeProvider time)
    {
        _file = file;
        _time = time;
        _checkedAt = time.GetTimestamp();
        _connection = connection;
        _begin = connection.Prepare("BEGIN IMMEDIATE");
        _commit = connection.Prepare("COMMIT");
        _clock = new LeaseClock(connection, time);
        Leases = new LeaseTable(connection, _clock);
        Catalog = new CatalogTable(connection);
    }

    public LeaseTable Leases { get; }

    public CatalogTable Catalog { get; }

    /// <exception cref="StoreUnavailableException">The file can't be opened or is not ours.</exception>
    public static SqliteSession Open(string path, TimeProvider time)
    {
        var before = OpenFile.All();
        var connection = SqliteConnection.Open(path);
        try
        {
            Schema.Migrate(connection, path);
            var session = new SqliteSession(connection, OpenFile.Find(path, before), time);
            session.RepairTimes();
            return session;
        }
        catch (Exception fault)
        {
            connection.Dispose();
            throw fault as StoreUnavailableException ?? new StoreUnavailableException($"{path}: {fault.Message}", fault);
        }
    }

    public TimeSpan IdleLimit => CheckInterval;

    /// <summary>A client's history is lost with the process that has not written it, its lease never.</summary>
    public TimeSpan Leisure => TimeSpan.FromMilliseconds(50);

    /// <summary>Events stand one behind the other: a hundred fill a few pages, and ten make the same last pages be written again with each commit.</summary>
    public int Company => 256;

    /// <summary>Once it was found locked, nobody waits for it again until it is free.</summary>
    public void Begin()
    {
        if (_time.GetElapsedTime(_checkedAt) >= CheckInterval) CheckFile();
        try
        {
            _begin.Run();
            SetLocked(false);
            _clock.Follow();
        }
        catch (StoreUnavailableException)
        {
            SetLocked(true);
            throw;
        }
    }

    public void Probe()
    {
        CheckFile();
        if (!_isLocked && !_clock.IsDue) return;
        Begin();
        Commit();
    }

    public void Commit()
    {
        _commit.Run();
        _clock.Commit();
    }

    public void Rollback()
    {
        _clock.Rollback();
        try
        {
            if (_connection.IsInTransaction) _connection.Execute("ROLLBACK");
        }
        catch (Exception fault) when (fault is SqliteFault or StoreUnavailableException)
        {
            // The transaction is gone with its connection then, which the writer replaces.
        }
    }

    public void Dispose() => _connection.Dispose();

    private void RepairTimes()
    {
        _begin.Run();
        _clock.Repair();
        Commit();
    }

    private void CheckFile()
    {
        _file.Check();
        _checkedAt = _time.GetTimestamp();
    }

    private void SetLocked(bool isLocked)
    {
        if (_isLocked != isLocked) _connection.Waits = !isLocked;
        _isLocked = isLocked;
    }
}
