using Microsoft.Extensions.Logging;
using NetBootFabric.Cluster;
using NetBootFabric.Cluster.Messages;
using NetBootFabric.Node.Configuration;
using NetBootFabric.Storage;

namespace NetBootFabric.Node.Wiring;

/// <summary>Starts the actor system on Akka.NET: one node, its journal in the store's database, or in a file of its own beside the store's.</summary>
internal static class EngineStart
{
    public const string Name = "akka";

    public static ActorSystem Create(INodeStore store, StoreOptions options, TimeProvider time, ILogger log)
    {
        var (connection, provider) = options.Kind == StoreKind.Postgres ? (options.Location, "PostgreSQL.15") : ($"Data Source={options.Location}.journal", "SQLite.MS");
        var configuration = Akka.Configuration.ConfigurationFactory.ParseString($$"""
            akka {
              actor {
                provider = cluster
                serializers { fabric = "{{typeof(FabricSerializer).AssemblyQualifiedName}}" }
                serialization-bindings {
            {{string.Join('\n', FabricSerializer.Types.Select(type => $"      \"{type.AssemblyQualifiedName}\" = fabric"))}}
                }
              }
              remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
              cluster.roles = [{{FabricRegion.Role}}]
              coordinated-shutdown.run-by-clr-shutdown-hook = off
              persistence {
                journal { plugin = "akka.persistence.journal.sql", sql { connection-string = "{{connection}}", provider-name = "{{provider}}" } }
                snapshot-store { plugin = "akka.persistence.snapshot-store.sql", sql { connection-string = "{{connection}}", provider-name = "{{provider}}" } }
              }
            }
            """).WithFallback(Akka.Persistence.Sql.SqlPersistence.DefaultConfiguration);
        var system = ActorSystem.Create("fabric", configuration);
        var cluster = Akka.Cluster.Cluster.Get(system);
        cluster.Join(cluster.SelfAddress);
        return system;
    }

    /// <summary>Not asked of Akka's journal: a client shows with its next packet.</summary>
    public static IEnumerable<string> PersistenceIds(INodeStore store) => [];
}
