using NetBootFabric.Boot.Leases;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Wire;

namespace NetBootFabric.Arp;

/// <summary>Goes through the free addresses of one subnet, a window at a time, and stops at those that are due.</summary>
internal sealed class PoolWalk(ILeaseBook leases, ProbePlan plan, ProbeOptions options, MacAddress prober)
{
    private IReadOnlyList<Ipv4Address> _window = [];
    private int _at;

    /// <summary>Fills <paramref name="due"/> with addresses to probe now; returns how many. Looks at two windows at most, however few are due.</summary>
    public int Take(Subnet subnet, DateTimeOffset now, Span<Ipv4Address> due)
    {
        var count = TakeFromWindow(now, due);
        if (count == due.Length) return count;
        (_window, _at) = (leases.NextFree(subnet, options.Window, now), 0);
        return count + TakeFromWindow(now, due[count..]);
    }

    private int TakeFromWindow(DateTimeOffset now, Span<Ipv4Address> due)
    {
        var count = 0;
        while (_at < _window.Count && count < due.Length)
        {
            var address = _window[_at++];
            if (IsFree(address, now) && plan.TryTake(address, now)) due[count++] = address;
        }
        return count;
    }

    /// <summary>
    /// Asked again just before the probe: a client that was given the address since the window was filled would take the probe for
    /// another machine that wants it, and decline.
    /// </summary>
    private bool IsFree(Ipv4Address address, DateTimeOffset now) => leases.MayHave(prober, address, now);
}
