using NetBootFabric.Boot.Leases;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Storage.Catalog;
using NetBootFabric.Storage.Leases;
using NetBootFabric.Storage.Writing;
using NetBootFabric.Wire;

namespace NetBootFabric.Storage.Sqlite;

/// <summary>
/// One head node's store: a single file, written by a single thread in groups. Completions run on that thread, in the order of the calls; they must be
/// short.
/// When the queue is full or the store is closed, a call completes at once, on its own thread, as unavailable.
/// </summary>
public sealed class SqliteStore : INodeStore
{
    /// <summary>Writes that may wait: some ten seconds' worth on a slow disk, and more than a room of clients has under way.</summary>
    private const int QueueCapacity = 65_536;

    private readonly FileStream _fileLock;
    private readonly TimeProvider _time;
    private readonly StoreHealth _health;
    private readonly GroupWriter<SqliteSession> _writer;

    private SqliteStore(FileStream fileLock, string path, SqliteSession session, TimeProvider time)
    {
        _fileLock = fileLock;
        Path = path;
        _time = time;
        _health = new StoreHealth(time);
        _writer = new GroupWriter<SqliteSession>(session, () => SqliteSession.Open(path, time), QueueCapacity, _health);
    }

    /// <summary>The file, absolute.</summary>
    public string Path { get; }

    public string Name => $"sqlite:{Path}";

    public event Action<StoreStatus>? HealthChanged
    {
        add => _health.Changed += value;
        remove => _health.Changed -= value;
    }

    public StoreStatus Status => _health.Read(_writer.Waiting);

    /// <summary>Opens the file; makes it, and its folder, when it is not there. The file beside it named <c>.lock</c> keeps a second process out.</summary>
    /// <exception cref="StoreUnavailableException">The file can't be opened, is in use, or is not ours; the message says which and what to do.</exception>
    public static SqliteStore Open(string path, TimeProvider time)
    {
        path = System.IO.Path.GetFullPath(path);
        var fileLock = Lock(path);
        try
        {
            return new SqliteStore(fileLock, path, SqliteSession.Open(path, time), time);
        }
        catch
        {
            fileLock.Dispose();
            throw;
        }
    }

    public Task<LeaseInventory> LoadAsync(CancellationToken cancellation)
    {
        var loaded = new Completion<LeaseInventory>();
        _writer.Submit(new LoadLeases(null, _time, loaded.Complete));
        return loaded.Task.WaitAsync(cancellation);
    }

    public void Load(IReadOnlyList<int> shards, Action<LeaseInventory?> completed) =>
        _writer.Submit(new LoadLeases(shards.ToHashSet(), _time, (inventory, _) => completed(inventory)));

    public void Commit(Lease lease, long epoch, Action<LeaseCommit> completed) => _writer.Submit(new CommitLease(lease, epoch, _time, completed));

    public void Release(MacAddress client, Ipv4Address address, Action<LeaseCommit> completed) => _writer.Submit(new ReleaseLease(client, address, completed));

    public void Quarantine(Quarantine quarantine, Action<LeaseCommit> completed) => _writer.Submit(new QuarantineAddress(quarantine, completed));

    public Task<CatalogRows> LoadCatalogAsync(long since, CancellationToken cancellation)
    {
        var completion = new Completion<CatalogRows>();
        _writer.Submit(new LoadCatalog(since, completion));
        return completion.Task.WaitAsync(cancellation);
    }

    public Task<CatalogCommit> CommitCatalogAsync(IReadOnlyList<CatalogChange> changes, long? basis, CancellationToken cancellation)
    {
        var completion = new Completion<CatalogCommit>();
        _writer.Submit(new CommitCatalog(changes, basis, completion));
        return completion.Task.WaitAsync(cancellation);
    }

    /// <summary>Writes what waits, then closes the file.</summary>
    public void Dispose()
    {
        _writer.Dispose();
        _fileLock.Dispose();
    }

    private static FileStream Lock(string path)
    {
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException($"{path} can't be used, or another netbootd uses it: {fault.Message}", fault);
        }
    }
}
