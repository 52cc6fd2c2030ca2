using Microsoft.Extensions.Logging;
using NetBootFabric.Node.Configuration;
using NetBootFabric.Node.Logging;
using NetBootFabric.Sockets;

namespace NetBootFabric.Node.Wiring;

/// <summary>What of the host, the files, the interfaces or the store is not as a room of this size wants it: said at the start, and to who asks.</summary>
internal sealed class HostAdvice(NodeOptions options, RoomKeeper rooms, ServedInterfaces interfaces, StoreService store, ILogger log) : Subsystem
{
    /// <summary>Clients that a host is checked for when no node entries say how many there are.</summary>
    private const int UsualRoom = 10_000;

    private readonly List<string> _lasting = [];

    public int ExpectedClients
    {
        get
        {
            // A pool is made larger than its room: what it could hold at most says little of how many there are.
            var pools = rooms.Current.Subnets.Sum(subnet => subnet.Ranges.Sum(range => (long)range.Count));
            return Math.Max(rooms.Current.Nodes.Count, (int)Math.Min(pools, UsualRoom));
        }
    }

    /// <summary>What the operator should look at now, a sentence each.</summary>
    public IEnumerable<string> Troubles => store.Store.Status is { FailingSince: { } since } failing
        ? [.. _lasting, .. interfaces.Troubles, $"the store can't be written since {since:HH:mm:ss} UTC: {failing.LastFailure}"]
        : [.. _lasting, .. interfaces.Troubles];

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _lasting.AddRange(HostChecks.Run(ExpectedClients).Where(check => !check.IsMet).Select(check => check.ToString()));
        _lasting.AddRange(MissingLoaders.Of(options.Files));
        foreach (var warning in _lasting.Concat(interfaces.Troubles)) log.HostAdvice(warning);
        return Task.CompletedTask;
    }

    /// <summary>Something that lasts as long as the node runs, seen during its start.</summary>
    public void Add(string advice)
    {
        _lasting.Add(advice);
        log.HostAdvice(advice);
    }
}
