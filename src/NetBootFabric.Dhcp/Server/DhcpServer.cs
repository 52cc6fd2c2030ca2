using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Sockets;

namespace NetBootFabric.Dhcp;

/// <summary>
/// The network side of DHCP: listeners that hand inquiries to the <see cref="IBootDirectory"/> and send what it answers. Decides nothing.
/// </summary>
public sealed class DhcpServer : IDisposable
{
    private readonly IReadOnlyList<DhcpListener> _listeners;
    private readonly NeighbourTable _neighbours;

    private DhcpServer(IReadOnlyList<DhcpListener> listeners, NeighbourTable neighbours, DhcpCounters counters) =>
        (_listeners, _neighbours, Counters) = (listeners, neighbours, counters);

    public DhcpCounters Counters { get; }

    /// <summary>Whether all its sockets are listened to: from <see cref="Start"/> on.</summary>
    public bool IsRunning => _listeners.All(static listener => listener.IsRunning);

    /// <summary>Datagrams that found the receive buffers full.</summary>
    public long Drops => _listeners.Sum(listener => listener.Drops);

    /// <summary>Of the first interface's server socket: for tests that let the kernel choose.</summary>
    public ushort ServerPort => _listeners[0].Port;

    /// <summary>The smallest receive buffer that the kernel granted: less than asked for without CAP_NET_ADMIN.</summary>
    public int ReceiveBufferBytes => _listeners.Min(listener => listener.ReceiveBufferBytes);

    /// <summary>Opens the sockets, in the network namespace of the calling thread. Nothing is received before <see cref="Start"/>.</summary>
    /// <exception cref="SocketSetupException">An interface is not there, a port is taken, a capability is missing; the message says what to do.</exception>
    public static DhcpServer Open(DhcpServerOptions options, IBootDirectory directory)
    {
        var listeners = new List<DhcpListener>();
        var counters = new DhcpCounters();
        NeighbourTable? neighbours = null;
        try
        {
            neighbours = new NeighbourTable();
            foreach (var name in options.Interfaces)
            {
                var link = InterfaceTable.Get(name);
                foreach (var port in Ports(options)) listeners.Add(new DhcpListener(listeners.Count, port, options, directory, new ReplySender(link, options, neighbours, counters)));
            }
            return new DhcpServer(listeners, neighbours, counters);
        }
        catch
        {
            foreach (var listener in listeners) listener.Dispose();
            neighbours?.Dispose();
            counters.Dispose();
            throw;
        }
    }

    /// <summary>Attaches every listener to the directory, then receives.</summary>
    public void Start()
    {
        foreach (var listener in _listeners) listener.Start();
    }

    /// <summary>Receives no more; answers are still sent.</summary>
    public void StopReceiving()
    {
        foreach (var listener in _listeners) listener.StopReceiving();
    }

    public void Dispose()
    {
        foreach (var listener in _listeners) listener.Dispose();
        _neighbours.Dispose();
        Counters.Dispose();
    }

    private static IEnumerable<ushort> Ports(DhcpServerOptions options)
    {
        yield return options.ServerPort;
        if (options.ProxyPort is { } proxy) yield return proxy;
    }
}
