using NetBootFabric.Cluster.Heads;
using NetBootFabric.Node.Admin;
using NetBootFabric.Node.Configuration;
using NetBootFabric.Wire;

namespace NetBootFabric.Node.Wiring;

/// <summary>A head node's life among others: on Akka.NET it is alone as yet.</summary>
internal sealed class PeersService(NodeOptions options) : Subsystem
{
    public override Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The service address that this node holds on that interface. Asked for each broadcast.</summary>
    public Ipv4Address Serve(string device) => default;

    public void Meet(HeadAnswers answers, WatchFeed feed, PhaseExchange phases) => _ = (answers, feed, phases);

    public Task JoinAsync(CancellationToken cancellation) => Task.CompletedTask;

    public Task LeaveAsync() => Task.CompletedTask;

    /// <returns>Why it does not leave.</returns>
    public Task<string?> SendAwayAsync(string name) => Task.FromResult<string?>($"{options.Node} is alone: there is no cluster to leave ({name})");
}
