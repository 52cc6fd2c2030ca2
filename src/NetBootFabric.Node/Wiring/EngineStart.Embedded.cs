using Microsoft.Extensions.Logging;
using NetBootFabric.Cluster.Clients;
using NetBootFabric.Cluster.Messages;
using NetBootFabric.Node.Configuration;
using NetBootFabric.Node.Logging;
using NetBootFabric.Storage;

namespace NetBootFabric.Node.Wiring;

/// <summary>Starts the actor system on the embedded engine, with its journal in the node's own store.</summary>
internal static class EngineStart
{
    public const string Name = "embedded";

    public static ActorSystem Create(INodeStore store, StoreOptions options, TimeProvider time, ILogger log, ClusterParts? cluster) => ActorSystem.Create("fabric", new EmbeddedSetup
    {
        TimeProvider = time,
        Cluster = cluster?.Setup,
        JournalStore = new HistoryJournal(store),
        Serializers = system => [SerializerDetails.Create("fabric", new FabricSerializer(system), [.. FabricSerializer.Types])],
        LogLevel = NetBootFabric.Actors.Event.LogLevel.WarningLevel,
        LogSink = said => log.EngineSaid(said.ToString() ?? "", said.Cause),
    });

    /// <summary>Persistence ids of the clients that were ever written.</summary>
    public static IEnumerable<string> PersistenceIds(INodeStore store) => store.PersistenceIds;
}
