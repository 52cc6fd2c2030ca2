using NetBootFabric.Boot.Leases;
using NetBootFabric.Boot.Loaders;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Boot.Dhcp;

/// <summary>
/// A client's DHCP conversation as its last OFFER left it. What a REQUEST leaves out is understood from it, and the ACK says what the OFFER said (RFC 2131 §3.1, §4.3.1). One a client;
/// it is no record of a lease, and a head node that never heard the DISCOVER does without.
/// </summary>
internal sealed record DhcpExchange
{
    /// <summary>The DISCOVER that was answered.</summary>
    public required DhcpInquiry Asked { get; init; }

    /// <summary>What was offered; 0.0.0.0 by a proxy.</summary>
    public Ipv4Address Address { get; init; }

    /// <summary>Option 54 of the OFFER.</summary>
    public Ipv4Address Server { get; init; }

    /// <summary>What the OFFER said of booting; null: nothing.</summary>
    public LoaderChoice? Boot { get; init; }

    /// <summary>What <see cref="Boot"/> was chosen by, beside the client itself.</summary>
    public LoaderGrounds Grounds { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>The one that an OFFER of <paramref name="address"/> begins, or goes on with when it says the same again.</summary>
    public static DhcpExchange After(in DhcpCase it, Ipv4Address address)
    {
        if (it.Exchange is { } same && same.Address == address && same.Server == it.ServerIdentifier && ReferenceEquals(same.Boot, it.Boot) && same.IsYoung(it.Context.Now)) return same;
        return new DhcpExchange { Asked = it.Inquiry, Address = address, Server = it.ServerIdentifier, Boot = it.Boot, Grounds = it.Grounds, At = it.Context.Now };
    }

    /// <summary>A retransmission needs no new record; but the hold begins anew with each OFFER.</summary>
    private bool IsYoung(DateTimeOffset now) => (now - At).Duration() < LeaseBook.OfferTime / 8;

    /// <summary>As long as the address is held for its client; a clock that was set makes nothing fresh for longer.</summary>
    public bool IsFresh(DateTimeOffset now) => (now - At).Duration() <= LeaseBook.OfferTime;

    public bool IsOf(DhcpInquiry inquiry, DateTimeOffset now) => inquiry.TransactionId == Asked.TransactionId && IsFresh(now);

    /// <summary>
    /// Whether the OFFER's words of booting are the answer to this inquiry: a REQUEST gets what it was promised, whatever the operator changed meanwhile; a DISCOVER that comes again gets
    /// them as long as they would be chosen again.
    /// </summary>
    public bool Covers(DhcpInquiry inquiry, in LoaderGrounds grounds) => IsBySame(inquiry) && (inquiry.Type == DhcpMessageType.Request
        ? Asked.WantsBoot
        : inquiry.BroadcastFlag == Asked.BroadcastFlag && Grounds.AreThose(grounds));

    /// <summary>The same firmware or loader speaks. An xid alone does not tell: several stages of one boot may use one.</summary>
    private bool IsBySame(DhcpInquiry understood) =>
        understood.VendorClass == Asked.VendorClass && understood.UserClass == Asked.UserClass && understood.Architecture == Asked.Architecture;

    /// <summary>A proxy's OFFER named a boot file, and its client takes an address elsewhere.</summary>
    public bool IsProxys => Address.IsAny;

    /// <summary>The inquiry with what its exchange says in place of what it leaves out; itself when nothing is missing.</summary>
    public static DhcpInquiry Understand(DhcpExchange? exchange, DhcpInquiry inquiry, DateTimeOffset now)
    {
        if (exchange is null || inquiry.Type != DhcpMessageType.Request || !exchange.IsFresh(now)) return inquiry;
        var understood = exchange.WithAddresses(inquiry);
        return inquiry.TransactionId == exchange.Asked.TransactionId ? exchange.WithFacts(understood) : understood;
    }

    /// <summary>
    /// RFC 2131 table 5 wants options 50 and 54 of a client in SELECTING. One that names the address which is held for it, or nothing at all under the xid of its DISCOVER, can mean
    /// only that. Of options that are doubled the one counts that fits.
    /// </summary>
    private DhcpInquiry WithAddresses(DhcpInquiry request)
    {
        var server = request.OtherServerIdentifier == Server ? Server : request.ServerIdentifier;
        if (IsProxys || (!server.IsAny && server != Server)) return request;
        var wanted = request.OtherRequestedAddress == Address || IsUnsaid(request) ? Address : request.RequestedAddress;
        if (wanted == Address) server = Server;
        return wanted == request.RequestedAddress && server == request.ServerIdentifier ? request : request with { RequestedAddress = wanted, ServerIdentifier = server };
    }

    /// <summary>No option 50, and ciaddr, if it is there, is what was offered rather than what the client has.</summary>
    private bool IsUnsaid(DhcpInquiry request)
    {
        if (!request.RequestedAddress.IsAny || request.TransactionId != Asked.TransactionId) return false;
        return request.ClientAddress.IsAny || (request.ClientAddress == Address && request.Ingress.Source != Address);
    }

    private DhcpInquiry WithFacts(DhcpInquiry request)
    {
        var saysAll = (request.VendorClass.Length > 0 || Asked.VendorClass.Length == 0)
            && (request.UserClass.Length > 0 || Asked.UserClass.Length == 0)
            && (request.Architecture != ClientArchitecture.Unknown || Asked.Architecture == ClientArchitecture.Unknown)
            && (!request.ClientUuid.IsEmpty || Asked.ClientUuid.IsEmpty)
            && (!request.ParameterRequestList.IsEmpty || Asked.ParameterRequestList.IsEmpty)
            && (request.RequestedLeaseSeconds is not null || Asked.RequestedLeaseSeconds is null)
            && (request.MaximumMessageSize != 0 || Asked.MaximumMessageSize == 0)
            && (request.HasIpxeOptions || !Asked.HasIpxeOptions);
        return saysAll ? request : Filled(request);
    }

    private DhcpInquiry Filled(DhcpInquiry request) => request with
    {
        VendorClass = request.VendorClass.Length > 0 ? request.VendorClass : Asked.VendorClass,
        UserClass = request.UserClass.Length > 0 ? request.UserClass : Asked.UserClass,
        Architecture = request.Architecture != ClientArchitecture.Unknown ? request.Architecture : Asked.Architecture,
        ClientUuid = !request.ClientUuid.IsEmpty ? request.ClientUuid : Asked.ClientUuid,
        ParameterRequestList = !request.ParameterRequestList.IsEmpty ? request.ParameterRequestList : Asked.ParameterRequestList,
        RequestedLeaseSeconds = request.RequestedLeaseSeconds ?? Asked.RequestedLeaseSeconds,
        MaximumMessageSize = request.MaximumMessageSize != 0 ? request.MaximumMessageSize : Asked.MaximumMessageSize,
        HasIpxeOptions = request.HasIpxeOptions || Asked.HasIpxeOptions,
    };
}
