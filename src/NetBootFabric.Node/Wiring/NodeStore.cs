using NetBootFabric.Boot.Clients;
using NetBootFabric.Node.Configuration;
using NetBootFabric.Storage;
using NetBootFabric.Storage.History;
using NetBootFabric.Storage.Postgres;
using NetBootFabric.Storage.Sqlite;

namespace NetBootFabric.Node.Wiring;

/// <summary>The store that the configuration names.</summary>
internal static class NodeStore
{
    /// <exception cref="Storage.Writing.StoreUnavailableException">It can't be used; the message says what to check.</exception>
    public static INodeStore Open(StoreOptions options, TimeProvider time) => options.Kind switch
    {
        StoreKind.Postgres => PostgresStore.Open(options.Location, time),
        _ => SqliteStore.Open(options.Location, time),
    };

    /// <summary>What releases before the ledgers wrote of boots into the same database.</summary>
    public static IFormerHistory History(StoreOptions options) =>
        options.Kind == StoreKind.Postgres ? new PostgresFormerHistory(options.Location) : new SqliteFormerHistory(Path.GetFullPath(options.Location));
}
