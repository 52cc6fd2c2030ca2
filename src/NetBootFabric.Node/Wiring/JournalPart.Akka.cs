using Akka.Hosting;
using NetBootFabric.Node.Configuration;

namespace NetBootFabric.Node.Wiring;

/// <summary>Akka's journal in the store's database, or in a file of its own beside the store's.</summary>
internal sealed class JournalPart(StoreOptions store) : IAkkaPart
{
    public void Configure(AkkaConfigurationBuilder akka)
    {
        var (connection, provider) = store.Kind == StoreKind.Postgres ? (store.Location, "PostgreSQL.15") : ($"Data Source={store.Location}.journal", "SQLite.MS");
        akka.AddHocon(Akka.Configuration.ConfigurationFactory.ParseString($$"""
            akka.persistence {
              journal { plugin = "akka.persistence.journal.sql", sql { connection-string = "{{connection}}", provider-name = "{{provider}}" } }
              snapshot-store { plugin = "akka.persistence.snapshot-store.sql", sql { connection-string = "{{connection}}", provider-name = "{{provider}}" } }
            }
            """).WithFallback(Akka.Persistence.Sql.SqlPersistence.DefaultConfiguration), HoconAddMode.Append);
    }
}
