using NetBootFabric.Wire;

namespace NetBootFabric.Arp;

/// <summary>What a machine has to do with an address that it uses.</summary>
public enum AddressClaim
{
    /// <summary>Not an address of ours to give, or not known here: nothing is said about it.</summary>
    Foreign,

    /// <summary>Its own: leased to it, or fixed.</summary>
    Rightful,

    /// <summary>It was its own until the lease ran out. Systems that take their address from the kernel's command line never renew.</summary>
    Expired,

    /// <summary>An address of a pool that nobody should have now.</summary>
    Vacant,

    /// <summary>Given to another client.</summary>
    SomebodyElses,

    /// <summary>An address of this machine.</summary>
    Ours,
}

/// <summary>Who may use which address. Asked for every ARP packet, so it takes no I/O; answers <see cref="AddressClaim.Foreign"/> where it does not know.</summary>
public interface IAddressClaims
{
    AddressClaim Of(MacAddress machine, Ipv4Address address, DateTimeOffset now);
}
