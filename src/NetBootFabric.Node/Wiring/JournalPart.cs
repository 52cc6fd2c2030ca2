using Akka.Hosting;
using NetBootFabric.Cluster.Ledger;
using NetBootFabric.Node.Configuration;
using NetBootFabric.Storage.Sqlite;

namespace NetBootFabric.Node.Wiring;

/// <summary>The ledgers' journal: in the store's database, or in a file of its own beside the store's.</summary>
internal sealed class JournalPart(StoreOptions store) : IAkkaPart
{
    private readonly string _connection = store.Kind == StoreKind.Postgres ? store.Location : LedgerFile.Prepare(store.Location);

    public void Configure(AkkaConfigurationBuilder akka) =>
        akka.AddHocon(LedgerPersistence.Configuration(_connection, store.Kind == StoreKind.Postgres), HoconAddMode.Append);
}
