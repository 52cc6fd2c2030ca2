using NetBootFabric.Boot.Leases;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Boot.Dhcp;

/// <summary>DHCPREQUEST (RFC 2131 §4.3.2): table 4 tells the client's state by what it fills in.</summary>
public static partial class DhcpDecision
{
    private static DhcpOutcome OnRequest(in DhcpCase it)
    {
        var (server, wanted) = (it.Inquiry.ServerIdentifier, it.Inquiry.RequestedAddress);
        if (it.Inquiry.UsesItsAddress) return it.IsForUs ? OnRenewing(it, it.Inquiry.ClientAddress) : Dismissed(DhcpDismissal.OtherServerSelected);
        if (wanted.IsAny) return Dismissed(DhcpDismissal.Malformed);
        return server.IsAny ? OnInitReboot(it, wanted) : OnSelecting(it, wanted);
    }

    private static DhcpOutcome OnSelecting(in DhcpCase it, Ipv4Address address)
    {
        if (!it.IsForUs) return Dismissed(DhcpDismissal.OtherServerSelected);
        if (it.LacksBootFile is { } reason) return Dismissed(reason);
        return AddressChoice.MayHave(it, address) ? Lend(it, address) : RefuseSelected(it);
    }

    /// <summary>A NAK ends a PXE ROM's boot. Silence makes it ask again, and its next DISCOVER gets a better address.</summary>
    private static DhcpOutcome RefuseSelected(in DhcpCase it) =>
        it.Inquiry.WantsBoot ? Dismissed(DhcpDismissal.AddressUnavailable) : Refused(it);

    private static DhcpOutcome OnInitReboot(in DhcpCase it, Ipv4Address address)
    {
        var recorded = AddressChoice.Recorded(it);
        if (recorded == address && AddressChoice.MayHave(it, address)) return Lend(it, address);

        // Wrong network, not its address, or somebody else's: the client starts over at once. Of a client without a record and
        // an address that is free we know nothing, and MUST stay silent.
        var isWrong = recorded is not null || !it.Subnet.Network.Contains(address) || !it.Context.Leases.MayHave(it.Inquiry.Client, address, it.Context.Now);
        return isWrong ? RefuseAsAuthority(it) : Dismissed(DhcpDismissal.NotAuthoritative);
    }

    /// <summary>
    /// RENEWING and REBINDING. A machine that runs keeps its address as long as nobody else has a right to it, also when its record was lost
    /// or its node entry names another address by now: it gets that one at its next DISCOVER.
    /// </summary>
    private static DhcpOutcome OnRenewing(in DhcpCase it, Ipv4Address address) =>
        AddressChoice.MayHave(it, address) ? Lend(it, address) : RefuseAsAuthority(it);

    private static DhcpOutcome RefuseAsAuthority(in DhcpCase it) =>
        it.Context.Room.Authoritative ? Refused(it) : Dismissed(DhcpDismissal.NotAuthoritative);

    private static DhcpOutcome.Answer Refused(in DhcpCase it) => new(Replies.Nak(it));

    /// <summary>
    /// What to do once a lease was committed, or could not be. An address that was found in use by somebody meanwhile is not given; nor is one that the store
    /// knows to be somebody else's. With the store down, an address that is the client's by its node entry or by a running lease is given all the same, for no
    /// longer than that.
    /// </summary>
    public static DhcpOutcome AfterCommit(DhcpOutcome.CommitThenAnswer intended, LeaseCommit result, in DhcpContext context)
    {
        var inquiry = intended.Reply.Inquiry;
        if (RoomPlan.Of(context.Room).SubnetFor(inquiry) is not { } plan) return Dismissed(DhcpDismissal.NoSubnet);
        if (result == LeaseCommit.Committed && AddressChoice.MayHave(inquiry.Client, plan.Subnet, context, intended.Lease.Address)) return new DhcpOutcome.Answer(intended.Reply, intended.Boot);
        var it = new DhcpCase(inquiry, context, plan);
        return result switch
        {
            LeaseCommit.Committed or LeaseCommit.AddressTaken when inquiry.Type == DhcpMessageType.Request => RefuseSelected(it),
            LeaseCommit.Committed or LeaseCommit.AddressTaken => Dismissed(DhcpDismissal.AddressUnavailable),
            LeaseCommit.Unavailable => FromMemory(it, intended),
            _ => Dismissed(DhcpDismissal.StoreUnavailable),
        };
    }

    private static DhcpOutcome FromMemory(in DhcpCase it, DhcpOutcome.CommitThenAnswer intended)
    {
        var address = intended.Lease.Address;
        if (!AddressChoice.MayHave(it, address)) return Dismissed(DhcpDismissal.StoreUnavailable);
        if (it.FixedAddress == address) return new DhcpOutcome.Answer(intended.Reply, intended.Boot);
        var asked = Granted(it);
        var left = it.Context.Leases.Find(it.Inquiry.Client, address) is { } lease ? lease.ExpiresAt - it.Context.Now - LeaseTerms.ClockTolerance(asked) : TimeSpan.Zero;
        if (left < TimeSpan.FromSeconds(1)) return Dismissed(DhcpDismissal.StoreUnavailable);
        var granted = Math.Min(asked, LeaseTerms.Seconds(left));
        return new DhcpOutcome.Answer(Replies.Ack(it, address, granted), it.Boot);
    }
}
