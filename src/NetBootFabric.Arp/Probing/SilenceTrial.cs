using NetBootFabric.Wire;

namespace NetBootFabric.Arp;

/// <summary>Asks for addresses in question as RFC 5227 §2.1.1 has it, and says which stayed silent. No I/O, no clock. Who answers is taken off the list by whoever keeps it.</summary>
internal sealed class SilenceTrial(ProbeOptions options)
{
    private readonly Dictionary<Ipv4Address, Probed> _probed = [];

    /// <param name="due">Is filled with those to probe now.</param>
    /// <param name="silent">Told of each from which nothing came.</param>
    public int Take(IReadOnlyList<Ipv4Address> questioned, DateTimeOffset now, Span<Ipv4Address> due, Action<Ipv4Address> silent)
    {
        if (_probed.Count > 0) Forget(questioned);
        var count = 0;
        foreach (var address in questioned)
        {
            var known = _probed.TryGetValue(address, out var probed);
            if (known && now - probed.At < options.Interval && now >= probed.At) continue;
            if (known && probed.Times >= options.Probes)
            {
                _probed.Remove(address);
                silent(address);
            }
            else if (count < due.Length)
            {
                _probed[address] = new Probed(probed.Times + 1, now);
                due[count++] = address;
            }
        }
        return count;
    }

    private void Forget(IReadOnlyList<Ipv4Address> questioned)
    {
        foreach (var address in _probed.Keys)
            if (!questioned.Contains(address)) _probed.Remove(address);
    }

    private readonly record struct Probed(int Times, DateTimeOffset At);
}
