using Akka.Cluster.Hosting;
using Akka.Hosting;
using NetBootFabric.Cluster;
using NetBootFabric.Cluster.Heads;

namespace NetBootFabric.Node.Wiring;

/// <summary>A cluster of one: no transport, so no port; joined with itself from the start.</summary>
internal sealed class LonePart : IAkkaPart
{
    public void Configure(AkkaConfigurationBuilder akka) => akka
        .WithClustering(new ClusterOptions { Roles = [FabricRegion.Role] })
        .AddHocon($$"""
            akka.cluster.downing-provider-class = ""
            akka.cluster.failure-detector.heartbeat-interval = 5s # to nobody
            akka.remote.enabled-transports = ["fabric.no-transport"]
            fabric.no-transport { transport-class = "{{typeof(NoTransport).AssemblyQualifiedName}}", applied-adapters = [] }
            """, HoconAddMode.Prepend)
        .AddStartup((system, _) =>
        {
            var cluster = Akka.Cluster.Cluster.Get(system);
            cluster.Join(cluster.SelfAddress);
        });
}
