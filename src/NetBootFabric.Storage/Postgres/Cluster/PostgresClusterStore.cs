using NetBootFabric.Boot.Heads;
using NetBootFabric.Boot.Membership;
using NetBootFabric.Storage.Writing;
using NetBootFabric.Wire;

namespace NetBootFabric.Storage.Postgres.Cluster;

/// <summary>
/// The cluster's store in PostgreSQL, beside the leases: schema/2.sql says how it keeps a fenced node from writing. It has two connections and threads of its own, one for the
/// cluster and one for service addresses: neither waits for the other, nor for the groups of a <see cref="PostgresStore"/>. A call answers within
/// about a second also when the database does not, and at once while it is known to be away. Completions run on these threads; they must be short.
/// </summary>
public sealed class PostgresClusterStore : IClusterStore, IServiceAddressStore, IDisposable
{
    private readonly PostgresConnector _connector;
    private readonly StoreHealth _health;
    private readonly PostgresLane _cluster;
    private readonly PostgresLane _addresses;

    private PostgresClusterStore(PostgresConnector connector, TimeProvider time)
    {
        _connector = connector;
        _health = new StoreHealth(time);
        _cluster = new PostgresLane(connector, time, _health, "cluster store");
        _addresses = new PostgresLane(connector, time, new StoreHealth(time), "address store");
    }

    /// <summary>Which database this is, without secrets.</summary>
    public string Name => _connector.Name;

    /// <summary>How the calls of <see cref="IClusterStore"/> do.</summary>
    public StoreStatus Status => _health.Read(_cluster.Waiting);

    /// <summary>
    /// Connects at the first call; while the database is away, calls fail. The schema <c>netboot_fabric</c> is made or migrated then too, which can take longer than a call may:
    /// open a <see cref="PostgresStore"/> first.
    /// </summary>
    /// <param name="connectionString">Npgsql's keywords: <c>Host=...;Database=...;Username=...</c>.</param>
    /// <exception cref="StoreUnavailableException">The connection string has a mistake.</exception>
    public static PostgresClusterStore Open(string connectionString, TimeProvider time) => Open(connectionString, time, PostgresLimits.Cluster);

    internal static PostgresClusterStore Open(string connectionString, TimeProvider time, PostgresLimits limits) => new(PostgresConnector.Of(connectionString, limits), time);

    public void Join(MemberIdentity member, Action<long, Exception?> completed) => _cluster.Submit(connection =>
    {
        var incarnation = ClusterStatements.Join(connection, member);
        _cluster.Name = _addresses.Name = SessionName.Of(new StoreIncarnation(member.Name, incarnation));
        return incarnation;
    }, completed);

    public void Beat(string member, long incarnation, StoredStatus status, Action<ClusterView?, Exception?> completed)
    {
        if (status >= StoredStatus.Unreachable) throw new ArgumentOutOfRangeException(nameof(status), status, "only what lives beats");
        _cluster.Submit(connection => ClusterStatements.Beat(connection, member, incarnation, status), completed, isRepeatable: true);
    }

    public void Fence(string member, long incarnation, long beat, Action<bool, Exception?> completed) =>
        _cluster.Submit(connection => ClusterStatements.Fence(connection, new StoreIncarnation(member, incarnation), beat), completed);

    public void Take(string member, long incarnation, IReadOnlyList<int> shards, Action<IReadOnlyList<ShardRow>, Exception?> completed) =>
        _cluster.Submit(connection => ClusterStatements.Take(connection, member, incarnation, shards), (taken, failure) => completed(taken ?? [], failure));

    public void Acquire(string member, long incarnation, IReadOnlyList<int> shards, Action<IReadOnlyList<ShardRow>, Exception?> completed) =>
        _cluster.Submit(connection => ClusterStatements.Acquire(connection, member, incarnation, shards), (acquired, failure) => completed(acquired ?? [], failure));

    public void Release(string member, long incarnation, IReadOnlyList<ShardRow> shards, Action<IReadOnlyList<ShardRow>, Exception?> completed) =>
        _cluster.Submit(connection => ClusterStatements.Release(connection, member, incarnation, shards), (released, failure) => completed(released ?? [], failure));

    public void HandOver(string member, long incarnation, IReadOnlyList<ShardRow> shards, string to, Action<IReadOnlyList<ShardRow>, Exception?> completed) =>
        _cluster.Submit(connection => ClusterStatements.HandOver(connection, member, incarnation, shards, to), (given, failure) => completed(given ?? [], failure));

    public void Leave(string member, long incarnation, Action<Exception?> completed) =>
        _cluster.Submit(connection => ClusterStatements.Leave(connection, member, incarnation), (_, failure) => completed(failure));

    public void Declare(string home, IReadOnlyList<Ipv4Address> addresses, Action<Exception?> completed) =>
        _addresses.Submit(connection => AddressStatements.Declare(connection, home, addresses), (refusal, failure) => completed(refusal ?? failure));

    public void Read(Action<IReadOnlyList<ServiceAddressRow>?, Exception?> completed) => _addresses.Submit(AddressStatements.Read, completed, isRepeatable: true);

    public void Hold(Ipv4Address address, string by, string? holder, long epoch, Action<bool, Exception?> completed) =>
        _addresses.Submit(connection => AddressStatements.Hold(connection, address, by, holder, epoch), completed);

    /// <summary>Makes the calls that wait, then closes the connections.</summary>
    public void Dispose()
    {
        _cluster.Dispose();
        _addresses.Dispose();
        _connector.Dispose();
    }
}
