using NetBootFabric.Cluster.Links;
using NetBootFabric.Cluster.Membership;
using NetBootFabric.Node.Configuration;
using NetBootFabric.Storage.Postgres.Cluster;

namespace NetBootFabric.Node.Wiring;

/// <summary>What a head node needs to be one of several: what it shows to the others, and the store that they agree in.</summary>
internal sealed class ClusterParts : IDisposable
{
    public ClusterParts(NodeOptions node, ClusterOptions options, TimeProvider time)
    {
        Options = options;
        Certificate = NodeCertificate.Create(node.Node, time);
        Store = PostgresClusterStore.Open(node.Store.Location, time);
        Setup = new MembershipSetup
        {
            Store = Store,
            Name = node.Node,
            Certificate = Certificate,
            Weight = options.Weight,
            Roles = options.Roles,
            Trust = new PeerTrust(),
            Heartbeat = options.Heartbeat,
            DeadAfter = options.DeadAfter,
            Time = time,
        };
    }

    public ClusterOptions Options { get; }
    public NodeCertificate Certificate { get; }
    public PostgresClusterStore Store { get; }
    public MembershipSetup Setup { get; }

    public void Dispose()
    {
        Store.Dispose();
        Certificate.Dispose();
    }
}
