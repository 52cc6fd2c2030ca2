using NetBootFabric.Node.Configuration;
using NetBootFabric.Storage;
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
}
