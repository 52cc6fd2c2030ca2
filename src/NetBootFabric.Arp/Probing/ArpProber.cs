using NetBootFabric.Boot.Leases;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Sockets;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Arp;

namespace NetBootFabric.Arp;

/// <summary>
/// Asks on one interface whether the free addresses of its pools are in use (RFC 5227 §2.1.1). Nobody waits for it: an OFFER goes out
/// whether its address was probed or not. The answers are the <see cref="ArpWatcher"/>'s to hear, which reports them as conflicts.
/// </summary>
public sealed class ArpProber : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    private readonly PacketSocket _socket;
    private readonly NetworkInterfaceInfo _link;
    private readonly IRoomSource _rooms;
    private readonly Func<PoolWalk> _newWalk;
    private readonly Dictionary<Ipv4Network, PoolWalk> _walks = [];
    private readonly ILeaseBook _leases;
    private readonly SilenceTrial _trial;
    private readonly ArpMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly Lock _turn = new();
    private readonly Ipv4Address[] _due;
    private readonly ITimer _timer;

    private ArpProber(NetworkInterfaceInfo link, IRoomSource rooms, ILeaseBook leases, ProbeOptions options, ArpMetrics metrics, TimeProvider time)
    {
        (_link, _rooms, _metrics, _time, _leases) = (link, rooms, metrics, time, leases);
        _trial = new SilenceTrial(options);
        var plan = new ProbePlan(options);
        _newWalk = () => new PoolWalk(leases, plan, options, new MacAddress(link.Mac));
        _due = new Ipv4Address[Math.Max(1, (int)(options.PerSecond * Tick.TotalSeconds))];
        _socket = PacketSocket.Open(new PacketSocketOptions { InterfaceIndex = link.Index });
        _timer = time.CreateTimer(static prober => ((ArpProber)prober!).Probe(), this, Tick, Tick);
    }

    /// <param name="link">Probes from its MAC; only pools of subnets that it has an address in, since ARP does not pass a router.</param>
    /// <exception cref="SocketSetupException">CAP_NET_RAW is missing, the interface is gone …</exception>
    public static ArpProber Start(NetworkInterfaceInfo link, IRoomSource rooms, ILeaseBook leases, ProbeOptions options, ArpMetrics metrics, TimeProvider time) =>
        new(link, rooms, leases, options, metrics, time);

    public void Dispose()
    {
        _timer.Dispose();
        _socket.Dispose();
    }

    private void Probe()
    {
        if (!_turn.TryEnter()) return; // the last tick still runs
        try
        {
            var room = _rooms.Current;
            if (room.Service == DhcpService.Proxy) return;
            var local = room.Subnets.Count(IsLocal);
            Try(room);
            foreach (var subnet in room.Subnets)
                if (IsLocal(subnet)) Probe(subnet, Math.Max(1, _due.Length / local));
        }
        catch (Exception)
        {
            _metrics.Faulted();
        }
        finally
        {
            _turn.Exit();
        }
    }

    private void Probe(Subnet subnet, int limit)
    {
        if (!_walks.TryGetValue(subnet.Network, out var walk)) _walks.Add(subnet.Network, walk = _newWalk());
        Send(walk.Take(subnet, _time.GetUtcNow(), _due.AsSpan(0, limit)));
    }

    /// <summary>Leases whose clients may be gone: somebody waits for the verdict.</summary>
    private void Try(Room room)
    {
        var questioned = room.Subnets.Where(IsLocal).SelectMany(_leases.InQuestion).ToList();
        Send(_trial.Take(questioned, _time.GetUtcNow(), _due, _leases.Vanished));
    }

    private void Send(int count)
    {
        Span<byte> frame = stackalloc byte[ArpPacket.FrameSize];
        foreach (var address in _due.AsSpan(0, count))
        {
            if (!ArpPacket.Probe(new MacAddress(_link.Mac), address).TryWriteFrame(frame, MacAddress.Broadcast)) continue;
            if (_socket.Send(frame) == Errno.None) _metrics.Probed();
        }
    }

    private bool IsLocal(Subnet subnet)
    {
        foreach (var address in _link.Addresses)
            if (subnet.Network.Contains(new Ipv4Address(address.Address))) return true;
        return false;
    }
}
