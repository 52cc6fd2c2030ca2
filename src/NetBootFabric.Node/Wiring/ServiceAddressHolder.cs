using System.Collections.Immutable;
using NetBootFabric.Arp;
using NetBootFabric.Cluster.Heads;
using NetBootFabric.Sockets;
using NetBootFabric.Wire;

namespace NetBootFabric.Node.Wiring;

/// <summary>
/// Has service addresses answered for on the interface whose subnet they are in, and announces them there when they come. They are on a device that goes when this process
/// is killed, each with a lifetime so short that it is gone before long when the process stands still.
/// </summary>
internal sealed class ServiceAddressHolder : IAddressHolder, IDisposable
{
    /// <summary>Eight renewals of a quarter of a second.</summary>
    private const int LifetimeSeconds = 2;

    private readonly InterfaceAddresses _addresses = new();
    private readonly AddressDevice? _device;
    private readonly IReadOnlyList<Segment> _segments;
    private readonly Dictionary<Ipv4Address, long> _renewed = [];
    private readonly Lock _turn = new();
    private ImmutableArray<Ipv4Address> _held = [];
    private readonly TimeProvider _time;
    private readonly Action<Ipv4Address, Errno> _trouble;

    /// <param name="trouble">Told when the kernel refuses an address that it took before, or that is new: ENODEV when no interface is in its subnet.</param>
    /// <param name="advise">Told, at once, what keeps a killed process from looking like a dead machine.</param>
    /// <exception cref="SocketSetupException">A capability is missing, an interface is gone …</exception>
    public ServiceAddressHolder(IReadOnlyList<NetworkInterfaceInfo> links, TimeProvider time, Action<Ipv4Address, Errno> trouble, Action<string> advise)
    {
        (_time, _trouble) = (time, trouble);
        _device = OpenDevice(out var missing);
        _segments = [.. links.Select(link => Prepare(link, missing, advise))];
    }

    /// <summary>What is on this machine now. Read from any thread.</summary>
    public ImmutableArray<Ipv4Address> Held
    {
        get
        {
            lock (_turn) return _held;
        }
    }

    public void Renew(Ipv4Address address)
    {
        lock (_turn)
        {
            var error = SegmentOf(address) is { } segment ? Renew(segment, address) : Errno.ENODEV;
            if (error == Errno.None) return;
            if (_renewed.TryGetValue(address, out var last) && last == Refused) return;
            _renewed[address] = Refused;
            _trouble(address, error);
        }
    }

    public void Release(Ipv4Address address)
    {
        lock (_turn)
        {
            if (!_renewed.Remove(address) || SegmentOf(address) is not { } segment) return;
            segment.Announcer.Stop(address);
            _held = _held.Remove(address);
            Remove(segment.Place, address);
        }
    }

    public void Dispose()
    {
        foreach (var address in _renewed.Keys.ToArray()) Release(address);
        foreach (var segment in _segments) segment.Announcer.Dispose();
        _addresses.Dispose();
        _device?.Dispose();
    }

    private const long Refused = long.MinValue;

    private static AddressDevice? OpenDevice(out string? missing)
    {
        missing = null;
        try
        {
            return AddressDevice.Open();
        }
        catch (SocketSetupException refused)
        {
            missing = refused.Message;
            return null;
        }
    }

    private Segment Prepare(NetworkInterfaceInfo link, string? missing, Action<string> advise)
    {
        var reason = missing ?? WeakHost.Trouble(link.Name);
        if (reason is not null) advise($"service addresses are on {link.Name} itself, where they outlive a netbootd that is killed by {LifetimeSeconds} s: until then clients are refused, and their downloads end: {reason}");
        return new Segment(link, reason is null ? _device!.InterfaceIndex : link.Index, new AddressAnnouncer(link, _time));
    }

    private Errno Renew(Segment segment, Ipv4Address address)
    {
        var error = _addresses.Renew(segment.Place, new InterfaceAddress(address.Value, 32), LifetimeSeconds);
        if (error != Errno.None) return error;
        var isNew = !_renewed.TryGetValue(address, out var last) || last == Refused;
        if (isNew && segment.Place != segment.Link.Index) Remove(segment.Link.Index, address); // what a life before this one left there
        // Or it was away for a while, since we were: the segment may have forgotten it.
        if (isNew || _time.GetElapsedTime(last) >= TimeSpan.FromSeconds(LifetimeSeconds)) segment.Announcer.Announce(address);
        if (isNew) _held = _held.Remove(address).Add(address);
        _renewed[address] = _time.GetTimestamp();
        return Errno.None;
    }

    private Segment? SegmentOf(Ipv4Address address) => _segments.FirstOrDefault(each => each.Link.IsInSubnet(address.Value));

    private void Remove(int index, Ipv4Address address) => _ = _addresses.Remove(index, new InterfaceAddress(address.Value, 32)); // not there: as well

    /// <param name="Place">Index of the interface that the addresses are on.</param>
    private sealed record Segment(NetworkInterfaceInfo Link, int Place, AddressAnnouncer Announcer);
}
