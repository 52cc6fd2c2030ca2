using Akka.Cluster.Hosting;
using Akka.Hosting;
using NetBootFabric.Cluster;
using NetBootFabric.Cluster.Messages;
using NetBootFabric.Node.Health;
using NetBootFabric.Node.Logging;

namespace NetBootFabric.Node.Wiring;

/// <summary>What every actor system of the fabric has: the settings of fabric.conf, one serializer, the node's log.</summary>
internal sealed class EnginePart : IAkkaPart
{
    public void Configure(AkkaConfigurationBuilder akka) => akka
        .AddHocon(FabricSettings.Common, HoconAddMode.Prepend)
        .WithActorSystemLivenessCheck(tags: [HealthRounds.Live])
        .WithAkkaClusterReadinessCheck(tags: [HealthRounds.Ready])
        .WithStrictSerialization(true)
        .WithCustomSerializer("fabric", FabricSerializer.Types, system => new FabricSerializer(system))
        .AddHocon($$"""akka.loggers = ["{{typeof(AkkaLog).AssemblyQualifiedName}}"]""", HoconAddMode.Prepend);
}
