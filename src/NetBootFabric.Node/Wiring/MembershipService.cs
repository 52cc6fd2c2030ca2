using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using NetBootFabric.Cluster.Heads;
using NetBootFabric.Node.Configuration;
using NetBootFabric.Node.Logging;
using NetBootFabric.Sockets;

namespace NetBootFabric.Node.Wiring;

/// <summary>What this head node is among others: alone, a cluster of one, or a member.</summary>
internal sealed class MembershipService(NodeOptions options, TimeProvider time, ILogger log) : Subsystem
{
    /// <summary>Null: this head node is alone.</summary>
    public FabricMembership? Membership { get; private set; }

    public ClusterParts? Parts { get; private set; }

    /// <summary>What the actor system has of being alone or one of several: asked for each one that is built.</summary>
    public IAkkaPart Part => Parts is { } parts ? new MemberPart(parts, Membership!) : new LonePart();

    /// <exception cref="SocketSetupException">The others can't be listened for.</exception>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Cluster is not { } several) return Task.CompletedTask;
        RefuseTakenPort(several);
        Parts = Closing(new ClusterParts(options, several, time));
        Membership = new FabricMembership(Parts.Setup);
        log.Listening("the other head nodes", several.Listen.ToString());
        return Task.CompletedTask;
    }

    private static void RefuseTakenPort(ClusterOptions several)
    {
        try
        {
            using var listener = new TcpListener(several.Listen);
            listener.Start();
        }
        catch (SocketException refused)
        {
            throw new SocketSetupException($"cluster: can't listen on {several.Listen} ({refused.Message}): 'listen' is an address of this machine that the other head nodes reach, with a port that is free", Errno.None);
        }
    }
}
