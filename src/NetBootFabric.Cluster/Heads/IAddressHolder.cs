using NetBootFabric.Wire;

namespace NetBootFabric.Cluster.Heads;

/// <summary>Puts service addresses on this machine's interfaces. Quick; trouble is its own to report, and the next renewal tries again.</summary>
public interface IAddressHolder
{
    /// <summary>The address is here for a moment more: called again and again for as long as it is held. The first time the segment is told.</summary>
    void Renew(Ipv4Address address);

    /// <summary>The address is here no more, at once.</summary>
    void Release(Ipv4Address address);
}
