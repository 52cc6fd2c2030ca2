using NetBootFabric.Sockets;
using NetBootFabric.Wire;

namespace NetBootFabric.Arp;

/// <summary>
/// Announces addresses that came to this interface: at once and 0.5, 1, 2 and 4 seconds later. RFC 5227 §2.3 sends two, two seconds apart; here a switch that is still
/// learning, or a client in the middle of its own start, would be lost for the whole of its patience if it missed them. Any thread.
/// </summary>
public sealed class AddressAnnouncer : IDisposable
{
    private static readonly TimeSpan[] Moments = [TimeSpan.Zero, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4)];

    private readonly Func<Ipv4Address, Errno> _announce;
    private readonly IDisposable? _socket;
    private readonly TimeProvider _time;
    private readonly Lock _turn = new();
    private readonly Dictionary<Ipv4Address, Series> _running = [];
    private bool _disposed;

    /// <exception cref="SocketSetupException">CAP_NET_RAW is missing, the interface is gone …</exception>
    public AddressAnnouncer(NetworkInterfaceInfo link, TimeProvider time)
    {
        var sender = new GratuitousArp(link);
        (_announce, _socket, _time) = (sender.Announce, sender, time);
    }

    internal AddressAnnouncer(Func<Ipv4Address, Errno> announce, TimeProvider time) => (_announce, _time) = (announce, time);

    /// <summary>Begins the series, or begins it again.</summary>
    public void Announce(Ipv4Address address)
    {
        lock (_turn)
        {
            if (_disposed) return;
            End(address);
            var series = new Series(address);
            _running.Add(address, series);
            series.Timer = _time.CreateTimer(_ => Send(series), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            Send(series);
        }
    }

    /// <summary>No more announcements of an address that went elsewhere.</summary>
    public void Stop(Ipv4Address address)
    {
        lock (_turn) End(address);
    }

    public void Dispose()
    {
        lock (_turn)
        {
            _disposed = true;
            foreach (var address in _running.Keys.ToArray()) End(address);
        }
        _socket?.Dispose();
    }

    private void Send(Series series)
    {
        lock (_turn)
        {
            if (_running.GetValueOrDefault(series.Address) != series) return; // ended while the timer rang
            _ = _announce(series.Address); // a link that is down may be up for the next
            var sent = Moments[series.Next++];
            if (series.Next == Moments.Length) End(series.Address);
            else series.Timer!.Change(Moments[series.Next] - sent, Timeout.InfiniteTimeSpan);
        }
    }

    private void End(Ipv4Address address)
    {
        if (_running.Remove(address, out var series)) series.Timer!.Dispose();
    }

    private sealed class Series(Ipv4Address address)
    {
        public Ipv4Address Address => address;
        public ITimer? Timer { get; set; }
        public int Next { get; set; }
    }
}
