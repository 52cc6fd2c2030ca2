using NetBootFabric.Cluster.Clients;
using NetBootFabric.Cluster.Messages;

namespace NetBootFabric.Cluster.Tests;

/// <summary>What of a head node's actor system is the fabric's own.</summary>
internal static class FabricSystem
{
    public static SerializationSetup Serializers { get; } = SerializationSetup.Create(static system =>
        [SerializerDetails.Create("fabric", new FabricSerializer(system), [.. FabricSerializer.Types])]);

    /// <summary>The clients' region, alone.</summary>
    public static IActorRef Region(ActorSystem system, FabricServices services)
    {
        var region = system.ActorOf(Props.Create(() => new VirtualRegion(new VirtualRegionSettings
        {
            Extractor = new ClientMessageExtractor(),
            Entity = id => Props.Create(typeof(BootClient), id, services),
            StopMessage = StopClient.Instance,
        })), "client");
        FabricRegion.Watch(system, services, region);
        return region;
    }
}
