using NetBootFabric.Actors.Cluster;
using NetBootFabric.Actors.Remote.Tls;
using NetBootFabric.Boot.Membership;
using NetBootFabric.Cluster;
using NetBootFabric.Node.Configuration;
using NetBootFabric.Sockets;
using NetBootFabric.Storage.Postgres.Cluster;

namespace NetBootFabric.Node.Wiring;

/// <summary>What a head node needs to be one of several: the link to the others and the store that they agree in.</summary>
internal sealed class ClusterParts : IDisposable
{
    private readonly NodeCertificate _certificate;

    private ClusterParts(NodeOptions node, ClusterOptions options, TimeProvider time)
    {
        _certificate = NodeCertificate.Create(node.Node, time);
        try
        {
            var transport = new TlsTransport(new TlsTransportOptions { Name = node.Node, Listen = options.Listen.ToString(), Certificate = _certificate, Time = time });
            Store = PostgresClusterStore.Open(node.Store.Location, time);
            var identity = new MemberIdentity(node.Node, transport.Endpoint.ToString(), _certificate.Fingerprint, options.Weight, options.Roles);
            Setup = new ClusterSetup { Store = Store, Role = FabricRegion.Role, Transport = transport, Identity = identity, Heartbeat = options.Heartbeat, DeadAfter = options.DeadAfter };
        }
        catch
        {
            _certificate.Dispose();
            throw;
        }
    }

    public ClusterSetup Setup { get; }
    public PostgresClusterStore Store { get; }

    /// <summary>Null: the configuration has no cluster.</summary>
    /// <exception cref="SocketSetupException">The address is not this machine's, or the port is taken.</exception>
    public static ClusterParts? Open(NodeOptions node, TimeProvider time)
    {
        if (node.Cluster is not { } options) return null;
        try
        {
            return new ClusterParts(node, options, time);
        }
        catch (System.Net.Sockets.SocketException refused)
        {
            throw new SocketSetupException($"cluster: can't listen on {options.Listen} ({refused.Message}): 'listen' is an address of this machine that the other head nodes reach, with a port that is free", Errno.None);
        }
    }

    public void Dispose()
    {
        Store.Dispose();
        _certificate.Dispose();
    }
}
