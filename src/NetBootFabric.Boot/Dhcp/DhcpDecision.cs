using NetBootFabric.Boot.Leases;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Boot.Dhcp;

/// <summary>
/// The DHCP server's decisions (RFC 2131 §4.3). Pure but for <see cref="ILeaseBook.Offer"/>, which holds an address for the client: the same inquiry
/// in the same state gives the same outcome, so a retransmission gets the same answer and changes nothing.
/// </summary>
public static partial class DhcpDecision
{
    public static DhcpOutcome Decide(DhcpInquiry inquiry, in DhcpContext context)
    {
        inquiry = DhcpExchange.Understand(context.Client?.Exchange, inquiry, context.Now);
        var plan = RoomPlan.Of(context.Room).SubnetFor(inquiry);
        var it = new DhcpCase(inquiry, context, plan);
        if (context.Room.Service == DhcpService.Proxy || inquiry.Ingress.IsProxyPort) return ProxyDecision.Decide(it);
        if (plan is null) return Dismissed(DhcpDismissal.NoSubnet);
        return inquiry.Type switch
        {
            DhcpMessageType.Decline => OnDecline(it),
            DhcpMessageType.Release => OnRelease(it),
            _ when it.IsIgnored => Dismissed(DhcpDismissal.UnknownClientIgnored),
            DhcpMessageType.Discover => OnDiscover(it),
            DhcpMessageType.Request => OnRequest(it),
            DhcpMessageType.Inform => OnInform(it),
            _ => Dismissed(DhcpDismissal.Malformed),
        };
    }

    private static DhcpOutcome OnDiscover(in DhcpCase it)
    {
        if (it.LacksBootFile is { } reason) return Dismissed(reason);
        if (it.FixedAddress is { } given && it.Context.Leases.IsInQuestion(it.Inquiry.Client, given, it.Context.Now)) return Dismissed(DhcpDismissal.AddressUnavailable);
        if (AddressChoice.Offer(it) is not { } address) return Dismissed(DhcpDismissal.PoolExhausted);
        if (it.Inquiry.RapidCommit) return Lend(it, address);
        return new DhcpOutcome.Answer(Replies.Offer(it, address, Granted(it)), it.Boot);
    }

    /// <summary>RFC 2131 §4.3.5: the client has an address already and wants the rest.</summary>
    private static DhcpOutcome OnInform(in DhcpCase it) => it.Inquiry.ClientAddress.IsAny
        ? Dismissed(DhcpDismissal.Malformed)
        : new DhcpOutcome.Answer(Replies.Inform(it), it.Boot);

    /// <summary>RFC 2131 §4.3.3. Only the address that the client was given: nobody may use up the pool by declining it.</summary>
    private static DhcpOutcome OnDecline(in DhcpCase it)
    {
        if (!it.IsForUs) return Dismissed(DhcpDismissal.OtherServerSelected);
        var address = it.Inquiry.RequestedAddress;
        var its = !address.IsAny && (it.Context.Leases.Find(it.Inquiry.Client, address) is not null || it.FixedAddress == address);
        if (!its) return Dismissed(DhcpDismissal.NoAnswerNeeded);
        return new DhcpOutcome.QuarantineAddress(new Quarantine(address, it.Context.Now + LeaseTerms.Quarantine, $"declined by {it.Inquiry.Client}"));
    }

    /// <summary>RFC 2131 §4.3.4.</summary>
    private static DhcpOutcome OnRelease(in DhcpCase it)
    {
        if (!it.IsForUs) return Dismissed(DhcpDismissal.OtherServerSelected);
        var address = it.Inquiry.ClientAddress;
        var its = !address.IsAny && it.Context.Leases.Find(it.Inquiry.Client, address) is not null;
        return its ? new DhcpOutcome.ReleaseAddress(address) : Dismissed(DhcpDismissal.NoAnswerNeeded);
    }

    /// <summary>An ACK; with a write before it, unless what is in the book covers it.</summary>
    private static DhcpOutcome Lend(in DhcpCase it, Ipv4Address address)
    {
        var granted = Granted(it);
        var reply = Replies.Ack(it, address, granted);
        var told = it.Context.Now + TimeSpan.FromSeconds(granted);
        if (it.Context.Leases.Find(it.Inquiry.Client, address) is { } lease && lease.ExpiresAt >= told + LeaseTerms.ClockTolerance(granted) && lease.HostName == it.HostName)
            return new DhcpOutcome.Answer(reply, it.Boot);
        return new DhcpOutcome.CommitThenAnswer(LeaseOf(it, address, granted), reply, it.Boot);
    }

    private static Lease LeaseOf(in DhcpCase it, Ipv4Address address, uint granted) => new()
    {
        Client = it.Inquiry.Client,
        Address = address,
        ExpiresAt = it.Context.Now + TimeSpan.FromSeconds(granted) + LeaseTerms.Margin(granted),
        HostName = it.HostName,
    };

    /// <summary>
    /// The lease to write down for a client that loads from the address which it was offered, and never sent its REQUEST (ROMs of Raspberry Pis): nobody else is to get it meanwhile.
    /// Null: there is nothing to write.
    /// </summary>
    public static Lease? Taken(Ipv4Address used, in DhcpContext context)
    {
        if (context.Client is not { Exchange: { } exchange } || exchange.Address != used || !exchange.IsFresh(context.Now)) return null;
        if (context.Leases.Find(used, context.Now) is not null || !context.Leases.MayHave(exchange.Asked.Client, used, context.Now)) return null;
        if (RoomPlan.Of(context.Room).SubnetFor(exchange.Asked) is not { } plan) return null;
        var it = new DhcpCase(exchange.Asked, context, plan);
        return LeaseOf(it, used, Granted(it));
    }

    private static uint Granted(in DhcpCase it) => LeaseTerms.Granted(it.Subnet, it.Inquiry.RequestedLeaseSeconds);

    private static DhcpOutcome.Dismiss Dismissed(DhcpDismissal reason) => DismissedFor[(int)reason];

    private static readonly DhcpOutcome.Dismiss[] DismissedFor = [.. Enum.GetValues<DhcpDismissal>().Select(reason => new DhcpOutcome.Dismiss(reason))];
}
