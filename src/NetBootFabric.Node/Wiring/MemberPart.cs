using Akka.Hosting;
using NetBootFabric.Cluster;
using NetBootFabric.Cluster.Heads;

namespace NetBootFabric.Node.Wiring;

/// <summary>One of several: links under mutual TLS, and a membership that outlives the actor system.</summary>
internal sealed class MemberPart(ClusterParts parts, FabricMembership membership) : IAkkaPart
{
    public bool IsOver => membership.HasLeft;

    public void Configure(AkkaConfigurationBuilder akka)
    {
        akka.AddHocon(FabricSettings.Member(parts.Setup, parts.Options.Listen.Address.ToString(), parts.Options.Listen.Port), HoconAddMode.Prepend);
        akka.AddSetup(parts.Setup);
        akka.AddStartup((system, _) => membership.Begin(system));
    }
}
