using System.Globalization;
using Akka.Configuration;
using NetBootFabric.Cluster.Membership;

namespace NetBootFabric.Cluster;

/// <summary>How the actor system of a head node is made: fabric.conf, and what of it depends on the configuration.</summary>
public static class FabricSettings
{
    /// <summary>The actor system's name, part of every address.</summary>
    public const string SystemName = "fabric";

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    /// <summary>What is the same for every head node.</summary>
    public static Config Common => ConfigurationFactory.FromResource("NetBootFabric.Cluster.fabric.conf", typeof(FabricSettings).Assembly);

    /// <summary>One among others: links under TLS at host:port, to nobody but the members. The actor system needs the set-up as well.</summary>
    public static Config Member(MembershipSetup setup, string host, int port) => ConfigurationFactory.ParseString(string.Create(CultureInfo.InvariantCulture, $$"""
        akka.actor.provider = cluster
        fabric.link { hostname = "{{host}}", port = {{port}} }
        akka.cluster.roles = [{{string.Join(", ", setup.Roles.Select(role => $"\"{role}\""))}}]
        akka.cluster.failure-detector.acceptable-heartbeat-pause = {{Math.Max((setup.DeadAfter - Interval).TotalMilliseconds, Interval.TotalMilliseconds)}}ms
        """));
}
