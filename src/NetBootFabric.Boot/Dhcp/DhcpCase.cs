using NetBootFabric.Boot.Loaders;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Dhcp;

/// <summary>One inquiry with all that was looked up for it. Passed by reference.</summary>
internal readonly struct DhcpCase
{
    public DhcpCase(DhcpInquiry inquiry, in DhcpContext context, SubnetPlan? plan)
    {
        Inquiry = inquiry;
        Context = context;
        Plan = plan;
        Node = context.Room.NodeOf(inquiry.Client);
        var server = new BootServer(context.BootServer.IsAny ? inquiry.Ingress.LocalAddress : context.BootServer, context.Room.HttpPort);
        Boot = LoaderDecision.Choose(inquiry, context.Room.ProfileOf(Node), context.Intent, server);
    }

    public DhcpInquiry Inquiry { get; }
    public DhcpContext Context { get; }

    /// <summary>Null only for a proxy, which needs no subnet.</summary>
    public SubnetPlan? Plan { get; }
    public NodeEntry? Node { get; }
    public LoaderChoice? Boot { get; }

    public Subnet Subnet => Plan!.Subnet;

    /// <summary>An OFFER would strand it.</summary>
    public bool LacksBootFile => Inquiry.WantsBoot && Boot is null;

    public bool IsIgnored => Node is null && Plan?.Subnet.Unknown == UnknownPolicy.Ignore;

    /// <summary>Ours, or what the relay agent wants in its place (RFC 5107), so that renewals come through it.</summary>
    public Ipv4Address ServerIdentifier =>
        Inquiry.ServerIdentifierOverride.IsAny ? Inquiry.Ingress.LocalAddress : Inquiry.ServerIdentifierOverride;

    /// <summary>The client speaks to us, or to no server in particular.</summary>
    public bool IsForUs =>
        Inquiry.ServerIdentifier.IsAny || Inquiry.ServerIdentifier == ServerIdentifier || Inquiry.ServerIdentifier == Inquiry.Ingress.LocalAddress;

    /// <summary>The node entry's address where the client is; null when it has none in this subnet.</summary>
    public Ipv4Address? FixedAddress => Node?.Address is { } address && Subnet.Network.Contains(address) ? address : null;

    /// <summary>The node entry's, else what any of the machine's systems called itself last: firmware gives no name.</summary>
    public string HostName => Node?.Name ?? (Inquiry.HostName != "" ? Inquiry.HostName : Context.Leases.Find(Inquiry.Client)?.HostName ?? "");
}
