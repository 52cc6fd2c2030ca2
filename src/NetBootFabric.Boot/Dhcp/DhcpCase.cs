using NetBootFabric.Boot.Heads;
using NetBootFabric.Boot.Loaders;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;

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
        Exchange = context.Client?.Exchange is { } exchange && exchange.IsOf(inquiry, context.Now) ? exchange : null;
        Grounds = GroundsOf(context.Ordered ?? context.Room.ProfileOf(Node), context, inquiry, plan, Node);
        Boot = Exchange is { } begun && begun.Covers(inquiry, Grounds) ? begun.Boot
            : HandWritten.Over(LoaderDecision.Choose(inquiry, Grounds.Profile, Grounds.Intent, Grounds.Server), inquiry, Grounds);
    }

    public DhcpInquiry Inquiry { get; }
    public DhcpContext Context { get; }

    /// <summary>The one that the inquiry belongs to; null: none is known.</summary>
    public DhcpExchange? Exchange { get; }

    /// <summary>Null only for a proxy, which needs no subnet.</summary>
    public SubnetPlan? Plan { get; }
    public NodeEntry? Node { get; }
    public LoaderGrounds Grounds { get; }
    public LoaderChoice? Boot { get; }

    public Subnet Subnet => Plan!.Subnet;

    /// <summary>Why a client that wants to boot is not told how; null: it is, or does not want to. An OFFER would strand it.</summary>
    public DhcpDismissal? LacksBootFile => !Inquiry.WantsBoot || Boot is not null || (HasNoLoader && Context.Intent != BootIntent.Hold) ? null : Context.Intent == BootIntent.Hold ? DhcpDismissal.Held : DhcpDismissal.NoBootFile;

    /// <summary>No loader is made for its firmware, or its profile has nothing to load by one: an address it gets all the same, to go on with by itself or by hand.</summary>
    private bool HasNoLoader => Firmwares.Of(Inquiry) == Firmware.Unsupported || Grounds.Profile is { Kernel.Length: 0 };

    /// <summary>What the operator gives by hand; to a REQUEST what its OFFER gave.</summary>
    public DhcpSettings Settings => IsPromised ? Exchange!.Grounds.Settings : Grounds.Settings;

    private bool IsPromised => Exchange is not null && Inquiry.Type == DhcpMessageType.Request;

    /// <summary>Whether the client asks for the option, in this packet or in the DISCOVER before it.</summary>
    public bool Asks(byte code) => Inquiry.ParameterRequestList.Span.Contains(code) || (IsPromised && Exchange!.Asked.ParameterRequestList.Span.Contains(code));

    /// <summary>siaddr: of every client where there is something to boot, since it may have its boot file from elsewhere.</summary>
    public Ipv4Address NextServer => Boot?.NextServer ?? (Context.Room.Profiles.Count == 0 ? default : Settings.NextServer ?? Grounds.Server.Address);

    public bool IsIgnored => Node is null && Plan?.Subnet.Unknown == UnknownPolicy.Ignore;

    /// <summary>
    /// What the relay agent wants (RFC 5107), so that renewals come through it; else the head node that the client chose, whoever answers for it by now: clients drop
    /// an ACK that names another server; else ours.
    /// </summary>
    public Ipv4Address ServerIdentifier
    {
        get
        {
            if (!Inquiry.ServerIdentifierOverride.IsAny) return Inquiry.ServerIdentifierOverride;
            return IsOfFabric ? Inquiry.ServerIdentifier : Inquiry.Ingress.LocalAddress;
        }
    }

    /// <summary>The client speaks to us, to another head node of the fabric, or to no server in particular.</summary>
    public bool IsForUs =>
        Inquiry.ServerIdentifier.IsAny || Inquiry.ServerIdentifier == ServerIdentifier || Inquiry.ServerIdentifier == Inquiry.Ingress.LocalAddress || IsOfFabric;

    /// <summary>Also one that this head node answered by on another of its interfaces.</summary>
    private bool IsOfFabric => Exchange?.Server == Inquiry.ServerIdentifier || (Context.Heads?.IsOurs(Inquiry.ServerIdentifier) ?? false);

    /// <summary>The node entry's address where the client is; null when it has none in this subnet.</summary>
    public Ipv4Address? FixedAddress => Node?.AddressIn(Subnet.Network);

    private static LoaderGrounds GroundsOf(Profile? profile, in DhcpContext context, DhcpInquiry inquiry, SubnetPlan? plan, NodeEntry? node)
    {
        var settings = DhcpSettings.Over(profile?.Dhcp ?? DhcpSettings.None, DhcpSettings.Over(node?.Dhcp ?? DhcpSettings.None, plan?.Subnet.Dhcp ?? DhcpSettings.None));
        var server = new BootServer(ServerFor(context, inquiry, plan), context.Room.HttpPort, context.Heads?.ScriptByTftp ?? false);
        return new LoaderGrounds(profile, context.Intent, server, settings);
    }

    private static Ipv4Address ServerFor(in DhcpContext context, DhcpInquiry inquiry, SubnetPlan? plan)
    {
        var chosen = plan is null || context.Heads is null ? default : BootServerChoice.Choose(context.Heads.Live, plan.Subnet.Network, context.BootServer);
        return chosen.IsAny ? inquiry.Ingress.LocalAddress : chosen;
    }

    /// <summary>The node entry's, else what any of the machine's systems called itself last: firmware gives no name.</summary>
    public string HostName => Node?.Name ?? (Inquiry.HostName != "" ? Inquiry.HostName : Context.Leases.Find(Inquiry.Client)?.HostName ?? "");
}
