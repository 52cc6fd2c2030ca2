using System.Runtime.CompilerServices;
using NetBootFabric.Wire;

namespace NetBootFabric.Arp;

/// <summary>What is remembered of a client. Times are UTC ticks; 0 is never.</summary>
internal struct ClientMemory
{
    public int Asked;
    public long AskedReportedAt;
    public Ipv4Address AnnouncedAddress;
    public long AnnouncedReportedAt;
}

/// <summary>What is remembered of a machine that uses addresses that are not its own.</summary>
internal struct DisputeMemory
{
    public int Packets;
    public DisputedAddresses Disputed;
    private int _addresses;

    /// <summary>The place of the address in <see cref="Disputed"/>, made if need be; -1 when there are too many to keep apart.</summary>
    public int Place(Ipv4Address address)
    {
        for (var i = 0; i < _addresses; i++)
            if (Disputed[i].Address == address) return i;
        if (_addresses == DisputedAddresses.Length) return -1;
        Disputed[_addresses].Address = address;
        return _addresses++;
    }
}

internal struct DisputedAddress
{
    public Ipv4Address Address;
    public long ReportedAt;
}

/// <summary>A machine with more wrong addresses than this stands in for a network. Believing it would put the whole pool into quarantine.</summary>
[InlineArray(Length)]
internal struct DisputedAddresses
{
    public const int Length = 8;

    private DisputedAddress _first;
}
