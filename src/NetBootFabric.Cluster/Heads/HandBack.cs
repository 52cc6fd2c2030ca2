using NetBootFabric.Wire;

namespace NetBootFabric.Cluster.Heads;

/// <summary>
/// Keeps an address that clients load from on this node, though its home is up again, until they are done: a download does not survive the move of its address. Not for
/// ever: in a room that is never quiet the home would stay without.
/// </summary>
internal sealed class HandBack(ServiceDuty duty)
{
    private readonly Dictionary<Ipv4Address, long> _wanted = [];

    /// <summary>The plan without what is better given later, which is kept.</summary>
    public ServicePlan Defer(ServicePlan plan, IReadOnlySet<Ipv4Address> held)
    {
        foreach (var address in _wanted.Keys.Where(address => !plan.Give.Any(each => each.Address == address)).ToArray()) _wanted.Remove(address);
        var later = plan.Give.Where(each => held.Contains(each.Address) && Waits(each)).ToArray();
        return later.Length == 0 ? plan : plan with { Keep = [.. plan.Keep, .. later.Select(each => each.Row)], Give = [.. plan.Give.Except(later)] };
    }

    private bool Waits(ServiceHandOver handOver)
    {
        if (!handOver.CanWait || !duty.IsBusy(handOver.Address)) return false;
        if (_wanted.TryAdd(handOver.Address, duty.Time.GetTimestamp())) return true;
        return duty.Time.GetElapsedTime(_wanted[handOver.Address]) < duty.Patience;
    }
}
