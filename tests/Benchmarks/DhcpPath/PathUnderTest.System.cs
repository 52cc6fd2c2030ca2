using Akka.Configuration;
using NetBootFabric.Cluster;
using NetBootFabric.Cluster.Clients;
using NetBootFabric.Cluster.Lanes;
using NetBootFabric.Cluster.Ledger;
using NetBootFabric.Cluster.Messages;
using NetBootFabric.Storage.Sqlite;

namespace NetBootFabric.Benchmarks;

internal sealed partial class PathUnderTest
{
    private IEnumerable<string> PersistenceIds => LedgerFile.PersistenceIds(_store.Path);

    private async Task<DhcpLane> StartActorsAsync(string path, Ledgers ledgers, FabricServices services)
    {
        var serializers = Akka.Serialization.SerializationSetup.Create(system => [SerializerDetails.Create("fabric", new FabricSerializer(system), [.. FabricSerializer.Types])]);
        var configuration = ConfigurationFactory.ParseString($$"""
            akka {
              loglevel = WARNING
              actor.provider = cluster
              cluster { roles = [{{FabricRegion.Role}}], sharding { state-store-mode = ddata, distributed-data.durable.keys = [] } }
              remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
            }
            """).WithFallback(LedgerPersistence.Configuration(LedgerFile.Prepare(path), isPostgres: false));
        _system = ActorSystem.Create("fabric", BootstrapSetup.Create().WithConfig(configuration).And(serializers));
        var cluster = Akka.Cluster.Cluster.Get(_system);
        await cluster.JoinAsync(cluster.SelfAddress);
        ledgers.Start(_system);
        _region = FabricRegion.Start(_system, services);
        var lane = new DhcpLane(_system, _region, TimeProvider.System);
        return lane;
    }
}
