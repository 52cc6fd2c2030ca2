using NetBootFabric.Cluster.Heads;
using NetBootFabric.Wire;

namespace NetBootFabric.Node.Wiring;

/// <summary>Says when a service address comes to this machine and when it goes. Used by the keeper's actor alone.</summary>
internal sealed class AddressWatch(IAddressHolder holder, Action<Ipv4Address> came, Action<Ipv4Address> went) : IAddressHolder
{
    private readonly HashSet<Ipv4Address> _held = [];

    public void Renew(Ipv4Address address)
    {
        holder.Renew(address);
        if (_held.Add(address)) came(address);
    }

    public void Release(Ipv4Address address)
    {
        holder.Release(address);
        if (_held.Remove(address)) went(address);
    }
}
