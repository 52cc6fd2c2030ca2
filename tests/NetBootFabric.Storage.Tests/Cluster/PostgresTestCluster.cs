using NetBootFabric.Boot.Membership;
using NetBootFabric.Storage.Postgres;
using NetBootFabric.Storage.Postgres.Cluster;
using NetBootFabric.Storage.Tests.Postgres;

namespace NetBootFabric.Storage.Tests.Cluster;

/// <summary>A database of its own on the tests' server, with our schema, as after a head node's start.</summary>
public sealed class PostgresTestCluster : TestCluster
{
    /// <summary>So that a busy machine fails no test of what is done rather than of when.</summary>
    private static readonly PostgresLimits Patient = new(30, 30, 20_000, 0) { Deadline = TimeSpan.FromMinutes(1) };

    private readonly List<IDisposable> _open = [];
    private readonly PostgresLimits _limits;

    /// <param name="isPatient">False: the limits are those of real head nodes.</param>
    public PostgresTestCluster(PostgresServer server, bool isPatient = true)
    {
        _limits = isPatient ? Patient : PostgresLimits.Cluster;
        Database = server.NewDatabase();
        PostgresStore.Open(Database, TimeProvider.System).Dispose();
    }

    public string Database { get; }

    public override IClusterStore Connect() => Open();

    public PostgresClusterStore Open() => Kept(PostgresClusterStore.Open(Database, TimeProvider.System, _limits));

    /// <summary>The store of a head node that writes as an incarnation.</summary>
    public PostgresStore Writer(string member, long incarnation)
    {
        var store = Kept(PostgresStore.Open(Database, TimeProvider.System));
        store.Incarnation = new StoreIncarnation(member, incarnation);
        return store;
    }

    public override void Dispose()
    {
        foreach (var store in _open) store.Dispose();
        base.Dispose();
    }

    private T Kept<T>(T store) where T : IDisposable
    {
        _open.Add(store);
        return store;
    }
}
