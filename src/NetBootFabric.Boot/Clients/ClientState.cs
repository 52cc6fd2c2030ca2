using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Clients;

// Of what a stored document leaves out, as those of earlier releases do, System.Text.Json's generated code sets null: each such property turns it into its default.

/// <summary>All that is remembered of one client.</summary>
public sealed record ClientState
{
    /// <summary>Boots kept in <see cref="History"/>.</summary>
    public const int HistoryKept = 10;

    public required MacAddress Mac { get; init; }

    /// <summary>The boot going on, or the last one; null for a client never heard of.</summary>
    public BootRecord? Current { get; init; }

    /// <summary>Earlier boots, newest first.</summary>
    public ImmutableArray<BootRecord> History { get; init => field = value.IsDefault ? [] : value; } = [];
    [AllowNull]
    public ClientAttributes Attributes { get; init => field = value ?? new(); } = new();

    /// <summary>The DHCP exchange going on, for as long as it counts; known to this head node alone.</summary>
    internal DhcpExchange? Exchange { get; init; }

    /// <summary>Whether it was told of <paramref name="address"/> by its latest boot or exchange, and may use it without a lease here: it never sent its REQUEST, or another server leased it.</summary>
    public bool MayUse(Ipv4Address address, DateTimeOffset now) =>
        !address.IsAny && (Current?.Address == address || (Exchange is { } exchange && exchange.Address == address && exchange.IsFresh(now)));

    /// <summary>The exchange and the profile of what goes on now, and nothing else of the client; null: there is none. For who keeps the rest in another form.</summary>
    public ClientState? Conversation =>
        Exchange is null && Current is not { HasEnded: false, Profile: not null } ? null : new ClientState { Mac = Mac, Exchange = Exchange, Told = Current?.Profile };

    /// <summary>Of a <see cref="Conversation"/>: the boot's profile.</summary>
    private Profile? Told { get; init; }

    /// <summary>With what <see cref="Conversation"/> told.</summary>
    public ClientState Resume(ClientState? conversation) => conversation is null ? this : this with
    {
        Exchange = conversation.Exchange,
        Current = Current is { HasEnded: false, Profile: null } boot ? boot with { Profile = conversation.Told } : Current,
    };

    /// <summary>The address offered in the exchange going on; 0.0.0.0: none.</summary>
    public Ipv4Address OfferedAddress => Exchange?.Address ?? default;

    /// <summary>A boot that was to happen once has reached its system: from now on the client starts from its disk.</summary>
    public bool OnceServed { get; init; }

    /// <summary>The order that <see cref="OnceServed"/> is about: given again, it is to be served again.</summary>
    public long OnceOrder { get; init; }

    /// <summary>The last order for one boot that was served; 0: none.</summary>
    public long NextServed { get; init; }

    /// <summary>What the client is to do at its next power-on.</summary>
    public BootIntent IntentOf(NodeEntry? node) => node?.Intent switch
    {
        null => BootIntent.Always,
        BootIntent.Once when OnceServed && OnceOrder >= node.IntentOrder => BootIntent.Local,
        { } intent => intent,
    };

    /// <summary>Keeps count of what was ordered for one boot: served when the system reports; an intent to boot once also is armed again when the operator asks for something else between.</summary>
    public ClientState ServedFor(NodeEntry? node)
    {
        var state = node?.Intent == BootIntent.Once || !OnceServed ? this : this with { OnceServed = false, OnceOrder = 0 };
        if (Current is not { Phase: BootPhase.Booted, Order: var order }) return state;
        if (order.Kind == BootOrderKind.Next) return order.Number > state.NextServed ? state with { NextServed = order.Number } : state;
        // Entries of the first file have no number; neither has a boot that an older release began.
        var served = node?.Intent == BootIntent.Once && (order.Kind == BootOrderKind.Once || node.IntentOrder == 0);
        return served ? state with { OnceServed = true, OnceOrder = order.Number } : state;
    }

    /// <summary>The boot after <see cref="Current"/>, which becomes history.</summary>
    public ClientState Succeed(BootRecord boot)
    {
        if (Current is null) return this with { Current = boot };
        var kept = History.Length < HistoryKept ? History : History.RemoveAt(HistoryKept - 1);
        return this with { Current = boot, History = kept.Insert(0, Current) };
    }
}

/// <summary>What the client said of itself, whatever stage said it.</summary>
public sealed record ClientAttributes
{
    /// <summary>Option 97 as a UUID's text, of the earliest stage that sends one.</summary>
    [AllowNull]
    public string Uuid { get; init => field = value ?? ""; } = "";
    public ClientStage UuidStage { get; init; } = ClientStage.System;

    /// <summary>The machine's UUID before <see cref="Uuid"/>; empty when it never changed.</summary>
    [AllowNull]
    public string EarlierUuid { get; init => field = value ?? ""; } = "";

    /// <summary>How often the UUID went back to the one before: two machines that use one MAC address take turns.</summary>
    public int UuidReturns { get; init; }

    /// <summary>Options 61 seen, in hexadecimal: one machine shows several.</summary>
    public ImmutableArray<string> ClientIdentifiers { get; init => field = value.IsDefault ? [] : value; } = [];
    [AllowNull]
    public string VendorClass { get; init => field = value ?? ""; } = "";
    [AllowNull]
    public string HostName { get; init => field = value ?? ""; } = "";

    /// <summary>Option 82, in hexadecimal.</summary>
    [AllowNull]
    public string RelayInformation { get; init => field = value ?? ""; } = "";
    public Ipv4Address Relay { get; init; }
}
