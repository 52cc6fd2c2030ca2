using NetBootFabric.Boot.Leases;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Storage.Writing;
using NetBootFabric.Wire;
using Npgsql;

namespace NetBootFabric.Storage.Postgres;

/// <summary>
/// The store that head nodes share: a PostgreSQL database, written through one connection by a single thread in groups, one round trip and one commit each.
/// While the database is away, calls complete as unavailable within seconds; a group whose fate is unknown is sent again and not done twice.
/// </summary>
public sealed class PostgresStore : INodeStore
{
    /// <summary>Writes that may wait: several seconds' worth, and more than a room of clients has under way.</summary>
    private const int QueueCapacity = 65_536;

    private readonly PostgresConnector _connector;
    private readonly StoreHealth _health;
    private readonly GroupWriter<PostgresSession> _writer;
    private StoreIncarnation? _incarnation;

    private PostgresStore(PostgresConnector connector, PostgresSession session, TimeProvider time)
    {
        _connector = connector;
        _health = new StoreHealth(time);
        WasShared = session.HasShards();
        _writer = new GroupWriter<PostgresSession>(session, () => PostgresSession.Open(connector, time), QueueCapacity, _health);
    }

    public string Name => _connector.Name;

    /// <summary>Several head nodes have used the database when it was opened: without <see cref="Incarnation"/> no lease of their shards can be written.</summary>
    public bool WasShared { get; }

    /// <summary>
    /// As whom calls made from now on write; null: a head node that is alone. Set it after each join, before anything is written for the new incarnation. A call belongs to the
    /// incarnation that it was made under, also when it is still waiting, or is sent again, after this changed: when that one was fenced meanwhile it is refused as
    /// <see cref="LeaseCommit.StaleEpoch"/>.
    /// </summary>
    public StoreIncarnation? Incarnation
    {
        get => Volatile.Read(ref _incarnation);
        set => Volatile.Write(ref _incarnation, value);
    }

    public event Action<StoreStatus>? HealthChanged
    {
        add => _health.Changed += value;
        remove => _health.Changed -= value;
    }

    public StoreStatus Status => _health.Read(_writer.Waiting);

    /// <summary>Connects, and makes or migrates the schema <c>netboot_fabric</c>.</summary>
    /// <param name="connectionString">Npgsql's keywords: <c>Host=...;Database=...;Username=...</c>.</param>
    /// <exception cref="StoreUnavailableException">The database can't be reached or used; the message says what to check.</exception>
    public static PostgresStore Open(string connectionString, TimeProvider time)
    {
        var connector = PostgresConnector.Of(connectionString, PostgresLimits.Writer, new PostgresClock(time));
        try
        {
            return new PostgresStore(connector, PostgresSession.Open(connector, time), time);
        }
        catch
        {
            connector.Dispose();
            throw;
        }
    }

    /// <summary>What is wrong with a connection string; null: nothing.</summary>
    public static string? MistakeIn(string connectionString)
    {
        try
        {
            return string.IsNullOrEmpty(new NpgsqlConnectionStringBuilder(connectionString).Host) ? "Host is missing" : null;
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException)
        {
            return fault.Message;
        }
    }

    public Task<LeaseInventory> LoadAsync(CancellationToken cancellation)
    {
        var loaded = new Completion<LeaseInventory>();
        Submit(new LoadLeases(null, (inventory, failure) => loaded.Complete(inventory is null ? null : Clock.FromRows(inventory), failure)));
        return loaded.Task.WaitAsync(cancellation);
    }

    public void Load(IReadOnlyList<int> shards, Action<LeaseInventory?> completed) => Submit(new LoadLeases(shards, (inventory, _) => completed(inventory is null ? null : Clock.FromRows(inventory))));

    public void Commit(Lease lease, long epoch, Action<LeaseCommit> completed) => Submit(LeaseOperation.Commit(Clock.ToRow(lease), epoch, completed));

    public void Release(MacAddress client, Ipv4Address address, Action<LeaseCommit> completed) => Submit(LeaseOperation.Release(client, address, completed));

    public void Quarantine(Quarantine quarantine, Action<LeaseCommit> completed) => Submit(LeaseOperation.Quarantine(Clock.ToRow(quarantine), completed));

    public Task<CatalogRows> LoadCatalogAsync(long since, CancellationToken cancellation)
    {
        var completion = new Completion<CatalogRows>();
        Submit(new LoadCatalog(since, completion));
        return completion.Task.WaitAsync(cancellation);
    }

    public Task<CatalogCommit> CommitCatalogAsync(IReadOnlyList<CatalogChange> changes, long? basis, CancellationToken cancellation)
    {
        var completion = new Completion<CatalogCommit>();
        Submit(new CommitCatalog(changes, basis, completion));
        return completion.Task.WaitAsync(cancellation);
    }

    /// <summary>Writes what waits, then closes the connection.</summary>
    public void Dispose()
    {
        _writer.Dispose();
        _connector.Dispose();
    }

    private PostgresClock Clock => _connector.Clock!;

    private void Submit(PostgresItem item)
    {
        item.Incarnation = Incarnation;
        _writer.Submit(item);
    }
}
