using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Boot.Events;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Boot.Clients;

/// <summary>
/// The boot state machine: what is known of a client and what was just seen give what is known now. Pure: no clock, no I/O,
/// so that the same code runs in tests, in the simulation and in the fabric.
/// </summary>
public static partial class BootMachine
{
    /// <summary>Downloads remembered per boot: loader with its modules, script, kernel, initrds.</summary>
    public const int DownloadsKept = 16;

    /// <summary>A packet of the client came.</summary>
    public static ClientState OnInquiry(ClientState state, DhcpInquiry inquiry, DateTimeOffset now)
    {
        var said = inquiry;
        inquiry = DhcpExchange.Understand(state.Exchange, said, now);
        var learned = ClientLearning.Learn(state.Attributes, inquiry);
        if (!ReferenceEquals(learned, state.Attributes)) state = state with { Attributes = learned };
        if (inquiry.Type == DhcpMessageType.Discover) return OnDiscover(state, inquiry, now);
        if (state.Current is not { } boot) return inquiry.Type == DhcpMessageType.Request ? state.Succeed(NewBoot(state, inquiry, now)) : state;

        var again = inquiry.Type == DhcpMessageType.Request && inquiry.TransactionId == boot.TransactionId && boot.TransactionAcknowledged;
        var heard = Heard(boot, inquiry, now, again, discovers: 0);
        if (!ReferenceEquals(said, inquiry) && RequestHabits.Remark(said, inquiry) is { } remark) heard = heard with { Remark = remark };
        return state with { Current = TakesAddressElsewhere(state, inquiry, now) ? BoundElsewhere(heard, inquiry, now) : heard };
    }

    /// <summary>The REQUEST for another server's address, after a proxy's OFFER: its client has both now.</summary>
    private static bool TakesAddressElsewhere(ClientState state, DhcpInquiry inquiry, DateTimeOffset now) =>
        inquiry is { Type: DhcpMessageType.Request, Ingress.IsProxyPort: false } && state.Exchange is { IsProxys: true } exchange && exchange.IsOf(inquiry, now) && !inquiry.ServerIdentifier.IsAny;

    private static BootRecord BoundElsewhere(BootRecord boot, DhcpInquiry inquiry, DateTimeOffset now)
    {
        if (boot.HasEnded || boot.Phase > BootPhase.Offered) return boot;
        var bound = boot with { Address = inquiry.RequestedAddress, OffersUnanswered = 0, Trouble = null, Remark = $"it took its address from the DHCP server {inquiry.ServerIdentifier}" };
        return bound.Enter(BootPhase.Bound, now);
    }

    private static ClientState OnDiscover(ClientState state, DhcpInquiry inquiry, DateTimeOffset now)
    {
        if (ClientStages.BeginsBoot(state.Current, inquiry)) return Abandon(state, now).Succeed(NewBoot(state, inquiry, now));
        var boot = state.Current!;

        // The booted system's own DHCP is part of the room's life, not of the boot.
        if (boot.HasEnded) return state with { Current = boot with { LastHeard = now } };
        var again = inquiry.TransactionId == boot.TransactionId;
        return state with { Current = Heard(boot, inquiry, now, again, discovers: 1) };
    }

    /// <summary>An OFFER, ACK or NAK was sent. An ACK means that its lease is committed.</summary>
    public static ClientState OnAnswered(ClientState state, DhcpAnswer answer, DateTimeOffset now)
    {
        var exchange = ExchangeAfter(state.Exchange, answer);
        if (state.Current is not { HasEnded: false } boot) return ReferenceEquals(exchange, state.Exchange) ? state : state with { Exchange = exchange };
        return state with
        {
            Exchange = exchange,
            Current = answer.Type switch
            {
                DhcpMessageType.Offer => Offered(boot, answer, now),
                DhcpMessageType.Ack when answer.Inquiry.Type != DhcpMessageType.Inform => Bound(boot, answer, now),
                _ => boot,
            },
        };
    }

    /// <summary>A system's exchange is over with its ACK: what it asks from now on is judged by its lease. Firmware's is remembered for what comes again.</summary>
    private static DhcpExchange? ExchangeAfter(DhcpExchange? before, DhcpAnswer answer) => answer.Type switch
    {
        DhcpMessageType.Offer => answer.Exchange ?? before,
        DhcpMessageType.Ack when before is { Asked.WantsBoot: false } => null,
        _ => before,
    };

    private static BootRecord Offered(BootRecord boot, DhcpAnswer answer, DateTimeOffset now)
    {
        // A later stage's own exchange doesn't undo what was loaded; the first one's phases are shown.
        if (boot.Phase != BootPhase.Discovering) return boot with { OffersUnanswered = boot.OffersUnanswered + 1, Trouble = null };
        return boot with
        {
            Phase = BootPhase.Offered,
            Phases = boot.Phases.Add(new PhaseEntry(BootPhase.Offered, now)),
            Server = ServerOf(answer),
            OffersUnanswered = boot.OffersUnanswered + 1,
            IsToldFile = boot.IsToldFile || answer.BootFile.Length > 0,
            Trouble = null,
        };
    }

    private static BootRecord Bound(BootRecord boot, DhcpAnswer answer, DateTimeOffset now)
    {
        var first = !boot.TransactionAcknowledged;
        var enters = boot.Phase <= BootPhase.Offered;
        return boot with
        {
            Phase = enters ? BootPhase.Bound : boot.Phase,
            Phases = enters ? boot.Phases.Add(new PhaseEntry(BootPhase.Bound, now)) : boot.Phases,
            Address = answer.YourAddress.IsAny ? boot.Address : answer.YourAddress,
            Server = ServerOf(answer),
            Exchanges = boot.Exchanges + (first ? 1 : 0),
            TransactionAcknowledged = true,
            OffersUnanswered = 0,
            IsToldFile = boot.IsToldFile || answer.BootFile.Length > 0,
            Trouble = null,
        };
    }

    /// <summary>What the client is told to do now. Once its kernel is on the way it does what it was told before.</summary>
    public static ClientState OnPlan(ClientState state, in BootPlan plan)
    {
        if (state.Current is not { HasEnded: false } boot) return state;
        var (toDisk, held, order) = (plan.Intent == BootIntent.Local, plan.Intent == BootIntent.Hold && boot.Boots, plan.Order);
        var profile = plan.Profile;
        if (boot.Phase >= BootPhase.Kernel) (held, order, profile) = (false, boot.Order, boot.Profile ?? profile);
        return (boot.ToDisk, boot.Held, boot.Order) == (toDisk, held, order) && ReferenceEquals(boot.Profile, profile) ? state
            : state with { Current = boot with { ToDisk = toDisk, Held = held, Order = order, Profile = profile } };
    }

    /// <summary>The client gets no answer, and this is why (<see cref="Dismissals"/>); null: nothing is wrong with that.</summary>
    public static ClientState OnDismissed(ClientState state, BootFailure? trouble) =>
        trouble is not null && state.Current is { HasEnded: false } boot ? state with { Current = boot with { Trouble = trouble } } : state;

    /// <summary>The client declined its address.</summary>
    public static ClientState OnDeclined(ClientState state, string address) =>
        state.Current is { HasEnded: false } boot
            ? state with { Current = boot with { Trouble = new BootFailure(BootStep.Dhcp, FailureCause.AddressInUse, address) } }
            : state;

    /// <summary>ARP was seen.</summary>
    public static ClientState OnArp(ClientState state, ArpObservation seen)
    {
        if (state.Current is not { HasEnded: false } boot) return state;
        if (seen.Sighting == ArpSighting.Conflict) return state with { Current = boot with { Conflict = $"{seen.Sender} uses {seen.Address} too" } };
        if (seen.Sighting != ArpSighting.ServerAsked) return state;
        var asked = boot with { ArpQuestions = Math.Max(boot.ArpQuestions + 1, seen.Times), LastHeard = seen.At };
        if (KernelIsLoaded(boot)) asked = asked with { SystemHeardAt = seen.At };
        // A client that sends no REQUEST for what it was offered asks for its boot server all the same.
        return state with { Current = asked.Phase is BootPhase.Offered or BootPhase.Bound ? asked.Enter(BootPhase.Resolved, seen.At) : asked };
    }

    /// <summary>The booted system spoke.</summary>
    public static ClientState OnReport(ClientState state, SystemReport report)
    {
        if (state.Current is not { } boot || boot.Phase == BootPhase.Booted) return state;
        var heard = boot with { LastHeard = report.At };
        return state with
        {
            Current = report.Booted
                ? (heard with { Trouble = null, Failure = null }).Enter(BootPhase.Booted, report.At)
                : Fail(heard, Reported(heard, report.Detail ?? ""), report.At),
        };
    }

    /// <summary>A loader's script reports too, when it gives up: then the download that failed is the cause.</summary>
    private static BootFailure Reported(BootRecord boot, string detail) =>
        boot.Trouble is { } trouble && !KernelIsLoaded(boot) ? trouble
        : new BootFailure(StepOf(boot), FailureCause.SystemFailed, detail);

    private static ClientState Abandon(ClientState state, DateTimeOffset now) =>
        state.Current is { IsAwaited: true } boot
            ? state with { Current = Fail(boot, boot.Trouble ?? CutShort(boot, now), now) }
            : state;

    private static BootFailure CutShort(BootRecord boot, DateTimeOffset now) => KernelIsLoaded(boot)
        ? new(BootStep.Kernel, FailureCause.DiedBeforeReport, $"{Spans.Text(now - LastPayload(boot)!.At)} after {LastPayload(boot)!.Path} was loaded")
        : Unloaded(boot) ?? new(StepOf(boot), FailureCause.Restarted, $"in phase {boot.Phase}, {Spans.Text(now - boot.StartedAt)} after its first packet");

    private static BootRecord Fail(BootRecord boot, BootFailure failure, DateTimeOffset at) =>
        (boot with { Failure = failure }).Enter(BootPhase.Failed, at);

    private static BootRecord NewBoot(ClientState state, DhcpInquiry inquiry, DateTimeOffset now) => new()
    {
        Number = (state.Current?.Number ?? 0) + 1,
        Phase = BootPhase.Discovering,
        Phases = [new PhaseEntry(BootPhase.Discovering, now)],
        LastHeard = now,
        Boots = inquiry.WantsBoot,
        Stage = ClientStages.Of(inquiry),
        Architecture = inquiry.Architecture,
        TransactionId = inquiry.TransactionId,
        Discovers = inquiry.Type == DhcpMessageType.Discover ? 1 : 0,
    };

    /// <remarks>In one copy of the record: it is made for every packet.</remarks>
    private static BootRecord Heard(BootRecord boot, DhcpInquiry inquiry, DateTimeOffset now, bool again, int discovers) => boot with
    {
        LastHeard = now,
        Boots = boot.Boots || inquiry.WantsBoot,
        Stage = ClientStages.Of(inquiry),
        Architecture = boot.Architecture == ClientArchitecture.Unknown ? inquiry.Architecture : boot.Architecture,
        TransactionAcknowledged = boot.TransactionAcknowledged && inquiry.TransactionId == boot.TransactionId,
        TransactionId = inquiry.TransactionId,
        Discovers = boot.Discovers + discovers,
        SystemHeardAt = ClientStages.Of(inquiry) == ClientStage.System && KernelIsLoaded(boot) ? now : boot.SystemHeardAt,
        Retries = boot.Retries + (again ? 1 : 0),
    };

    private static Wire.Ipv4Address ServerOf(DhcpAnswer answer) => answer.NextServer.IsAny ? answer.Inquiry.Ingress.LocalAddress : answer.NextServer;
}
