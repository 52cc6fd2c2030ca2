namespace NetBootFabric.Cluster.Tests;

internal static class VirtualTime
{
    /// <summary>A system of the node, in the runtime's time.</summary>
    public static ActorSystem CreateSystem(this SimulatedNode node, string name) =>
        ActorSystem.Create(name, new EmbeddedSetup { Dispatcher = node.Dispatcher, TimeProvider = node.TimeProvider });
}
