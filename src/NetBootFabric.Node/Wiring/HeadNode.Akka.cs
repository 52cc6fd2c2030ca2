using NetBootFabric.Cluster.Heads;
using NetBootFabric.Node.Admin;
using NetBootFabric.Sockets;
using NetBootFabric.Wire;

namespace NetBootFabric.Node.Wiring;

// On Akka.NET a head node is alone as yet.
internal sealed partial class HeadNode
{
    private void StartSystem()
    {
        if (_options.Cluster is not null) throw new SocketSetupException("cluster: several head nodes need the embedded engine: build without ActorEngine=Akka, or leave 'cluster' out", Errno.None);
        _membership = null;
        _system = EngineStart.Create(_store, _options.Store, _time, _logs.CreateLogger("actors"));
        _closers.Push(async () => await _system.Terminate());
    }

    private static Ipv4Address Serve(string device) => default;

    private static void MeetTheOthers(HeadAnswers answers, WatchFeed feed, PhaseExchange phases) => _ = (answers, feed, phases);

    private static Task JoinAsync(CancellationToken cancellation) => Task.CompletedTask;

    private static Task LeaveAsync() => Task.CompletedTask;

    private Task<string?> SendAwayAsync(string name) => Task.FromResult<string?>($"{_options.Node} is alone: there is no cluster to leave ({name})");
}
