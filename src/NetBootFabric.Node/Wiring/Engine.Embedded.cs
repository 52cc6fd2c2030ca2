using Microsoft.Extensions.Logging;
using NetBootFabric.Cluster.Messages;
using NetBootFabric.Node.Logging;
using NetBootFabric.Storage;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace NetBootFabric.Node.Wiring;

/// <summary>Starts the actor system on the embedded engine, with its journal in the node's own store.</summary>
internal static class Engine
{
    public const string Name = "embedded";

    public static ActorSystem Create(INodeStore store, TimeProvider time, ILogger log, ClusterParts? cluster) => ActorSystem.Create("fabric", new EmbeddedSetup
    {
        TimeProvider = time,
        Cluster = cluster?.Setup,
        JournalStore = store,
        Serializers = system => [SerializerDetails.Create("fabric", new FabricSerializer(system), [.. FabricSerializer.Types])],
        LogLevel = NetBootFabric.Actors.Event.LogLevel.WarningLevel,
        LogSink = said => log.EngineSaid(LogLevel.Warning, said.ToString() ?? "", said.Cause),
    });

    /// <summary>Every persistence id that was ever written; null: not known.</summary>
    public static IEnumerable<string>? PersistenceIds(INodeStore store) => store.PersistenceIds;
}
