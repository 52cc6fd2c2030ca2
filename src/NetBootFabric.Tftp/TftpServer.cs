using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Events;
using NetBootFabric.Boot.Flight;
using NetBootFabric.Boot.Storms;
using NetBootFabric.Boot.Transfers;
using NetBootFabric.Sockets;
using NetBootFabric.Tftp.Admission;
using NetBootFabric.Tftp.Serving;
using NetBootFabric.Wire;

namespace NetBootFabric.Tftp;

/// <summary>
/// A read-only TFTP server (RFC 1350, 2347, 2348, 2349, 7440): listeners that hear requests, and a few sockets, on as many threads or
/// fewer, each of which serves thousands of clients at once.
/// </summary>
public sealed class TftpServer : IDisposable
{
    private readonly List<RequestListener> _listeners = [];
    private readonly List<DatagramSocket> _sockets = [];
    private readonly List<TransferWorker> _workers = [];
    private TransferPort[] _ports = [];
    private readonly TimeProvider _time;
    private readonly TransferGovernor _governor = new();

    private TftpServer(TimeProvider time)
    {
        _time = time;
        Metrics = new TftpMetrics(_governor);
    }

    public TftpMetrics Metrics { get; }

    /// <summary>Transfers that run.</summary>
    public int Active => (int)Metrics.Active;

    /// <summary>Requests that wait unanswered until the link has room for them.</summary>
    public int Held => _governor.Held;

    /// <summary>The link is what its transfers wait for. Any thread may ask.</summary>
    public bool IsFull => _governor.IsFull || Held > 0;

    /// <summary>Whether requests are heard.</summary>
    public bool IsRunning => _listeners.Count > 0 && _listeners.All(static listener => listener.IsRunning);

    /// <summary>Where requests are heard, in the order of <see cref="TftpServerOptions.Listen"/>.</summary>
    public IReadOnlyList<ushort> Ports => [.. _listeners.Select(static listener => listener.Port)];

    /// <summary>The ports that files leave from: the same on every head node of a cluster.</summary>
    public IReadOnlyList<ushort> TransferPorts => [.. _ports.Select(static port => port.Number)];

    /// <param name="ledger">Shared with other head nodes, which go on with this one's transfers, and it with theirs. Null: alone.</param>
    /// <param name="racks">Null: all clients stand in one.</param>
    /// <param name="uplink">Told what transfers have to carry and carry. Null: nobody.</param>
    /// <param name="recorder">Told requests, answers, errors, first and last blocks and what was sent again. Null: nobody.</param>
    /// <param name="alarms">Told of requests by broadcast, which get no answer. Null: nobody.</param>
    /// <exception cref="SocketSetupException">A port is taken, a device does not exist …</exception>
    public static TftpServer Start(TftpServerOptions options, IBootContent content, IBootEvents events, TimeProvider time,
        ITransferLedger? ledger = null, IRacks? racks = null, UplinkMeter? uplink = null, IFlightRecorder? recorder = null,
        WireAlarms? alarms = null)
    {
        var server = new TftpServer(time);
        try
        {
            var shared = new Uplink(new SlotLimits(options.MaxTransfers, options.MaxTransfersPerClient), server._governor, racks ?? OneRack.Instance, uplink ?? new UplinkMeter(time), options.MaxWindowSize);
            server.Open(options, content, events, shared, ledger ?? NoTransferLedger.Instance, recorder ?? NoFlightRecorder.Instance,
                alarms);
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>
    /// <paramref name="server"/> is another head node's address now: transfers that clients run with it end here, without an ERROR to the
    /// client and without a report. Returns at once.
    /// </summary>
    public void Abandon(Ipv4Address server)
    {
        foreach (var port in _ports) port.Abandon(server);
    }

    /// <summary>Hears no more requests, lets running transfers end for at most <paramref name="drain"/>, then closes.</summary>
    public async Task StopAsync(TimeSpan drain)
    {
        CloseListeners();
        var began = _time.GetTimestamp();
        while (Metrics.Active > 0 && _time.GetElapsedTime(began) < drain) await Task.Delay(TimeSpan.FromMilliseconds(50), _time).ConfigureAwait(false);
        Dispose();
    }

    public void Dispose()
    {
        CloseListeners();
        foreach (var worker in _workers) worker.Dispose();
        foreach (var socket in _sockets) socket.Dispose();
        _workers.Clear();
        Metrics.Dispose();
    }

    private void Open(TftpServerOptions options, IBootContent content, IBootEvents events, Uplink uplink, ITransferLedger ledger,
        IFlightRecorder recorder, WireAlarms? alarms)
    {
        var reports = new TransferReports(events, Metrics, _time);
        var numbers = new NumberSource();
        for (var i = 0; i < options.TransferPorts; i++) _sockets.Add(DatagramSocket.Open(TransferSocket(options, i)));
        var groups = Share(_sockets, options.Workers);
        _ports = [.. _sockets.Select((socket, i) => new TransferPort(socket, groups[i % groups.Length].Wake, content, uplink, reports, numbers, ledger, recorder))];
        var clock = new ServerClock(_time);
        for (var i = 0; i < groups.Length; i++) _workers.Add(new TransferWorker(groups[i], [.. _ports.Where((_, port) => port % groups.Length == i)], clock));
        var blocks = new BlockLimit(options.MaxBlockSize);
        foreach (var listen in options.Listen) _listeners.Add(new RequestListener(DatagramSocket.Open(ListenSocket(listen)), _ports,
            reports, recorder, blocks, alarms));
    }

    /// <summary>Each worker's sockets: by turns.</summary>
    private static DatagramGroup[] Share(List<DatagramSocket> sockets, int workers)
    {
        var count = Math.Min(workers, sockets.Count);
        return [.. Enumerable.Range(0, count).Select(worker => new DatagramGroup([.. sockets.Where((_, i) => i % count == worker)]))];
    }

    /// <summary>
    /// Bound to every address: the packets say which one each client spoke to. A way that carries less than is known here may cut blocks
    /// in pieces.
    /// </summary>
    private static DatagramSocketOptions TransferSocket(TftpServerOptions options, int index) => new()
    {
        Port = options.FirstTransferPort == 0 ? (ushort)0 : (ushort)(options.FirstTransferPort + index),
        ReceiveBufferBytes = options.SocketBufferBytes,
        SendBufferBytes = options.SocketBufferBytes,
        Timestamps = true,
        Fragmentation = Fragmentation.Allowed,
    };

    /// <summary>Holds the first requests of a room: 10 000 of them at about 800 octets with the kernel's bookkeeping.</summary>
    private static DatagramSocketOptions ListenSocket(TftpListen listen) => new()
    {
        Address = listen.Address.Value,
        Port = listen.Port,
        Device = listen.Device,
        Timestamps = true,
        ReceiveBufferBytes = 8 << 20,
    };

    private void CloseListeners()
    {
        foreach (var listener in _listeners) listener.Dispose();
        _listeners.Clear();
    }
}
