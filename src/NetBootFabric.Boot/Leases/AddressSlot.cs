using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Leases;

/// <summary>
/// What the book knows of one address that was touched. Times are UTC ticks; 0 is "never".
/// The facts are set one by one; <see cref="StateAt"/> says what they come to.
/// </summary>
internal sealed class AddressSlot(Ipv4Address address)
{
    public Ipv4Address Address { get; } = address;

    /// <summary>The last lease on it, running or expired; null when it was released, or its client went to another address.</summary>
    public Lease? Lease { get; set; }

    /// <summary>Whose it was last, also after a release.</summary>
    public MacAddress? LastClient { get; set; }

    /// <summary>The address that this one's last client had before it, in another subnet.</summary>
    public AddressSlot? Earlier { get; set; }
    public long LastUsed { get; set; }

    /// <summary>Releases of it that are under way: the store may have forgotten the lease already.</summary>
    public int Releases { get; set; }

    /// <summary>A release of the lease failed, and nothing was committed since.</summary>
    public bool IsInDoubt { get; set; }

    /// <summary>To whom it is offered, until <see cref="HeldUntil"/> and while <see cref="Pending"/> commits of that client are under way.</summary>
    public MacAddress HeldBy { get; set; }
    public long HeldUntil { get; set; }
    public int Pending { get; set; }

    public long QuarantinedUntil { get; set; }

    /// <summary>The store said that somebody holds it whom this book does not know: another head node gave it.</summary>
    public long TakenUntil { get; set; }

    public AddressPool? Pool { get; set; }
    public int Index { get; set; }

    /// <summary>As last settled: what the pool counts it as.</summary>
    public AddressState State { get; set; }

    /// <summary>When it is to be settled again; 0: no need.</summary>
    public long Due { get; set; }

    /// <summary>Where it stands in the timeline; 0: it is not in it.</summary>
    public long LooksAt { get; set; }

    /// <summary>Where it stands among the pool's used addresses; meaningful in state <see cref="AddressState.Used"/>.</summary>
    public long UsedKey { get; set; }

    public AddressState StateAt(long now)
    {
        if (QuarantinedUntil > now) return AddressState.Quarantined;
        if (LeasedUntil > now) return AddressState.Leased;
        if (Pending > 0 || HeldUntil > now) return AddressState.Offered;
        return LastUsed > 0 ? AddressState.Used : AddressState.NeverUsed;
    }

    /// <summary>When the state changes by itself; 0: never.</summary>
    public long ChangesAt(AddressState state) => state switch
    {
        AddressState.Quarantined => QuarantinedUntil,
        AddressState.Leased => LeasedUntil,
        AddressState.Offered when Pending == 0 => HeldUntil,
        _ => 0,
    };

    /// <summary>Whether the lease is <paramref name="client"/>'s and surely on disk. In doubt it still keeps the address from everybody else.</summary>
    public bool IsLeasedTo(MacAddress client) => Lease?.Client == client && Releases == 0 && !IsInDoubt;

    public bool IsHeldBy(MacAddress client, long now) => HeldBy == client && (Pending > 0 || HeldUntil > now);

    /// <summary>Whether <paramref name="client"/> may have it, as far as this address's own facts say.</summary>
    public bool IsOpenTo(MacAddress client, long now)
    {
        if (QuarantinedUntil > now || TakenUntil > now) return false;
        if (Lease is { } lease && lease.ExpiresAt.UtcTicks > now) return lease.Client == client;
        return (Pending == 0 && HeldUntil <= now) || HeldBy == client;
    }

    private long LeasedUntil => Math.Max(TakenUntil, Lease?.ExpiresAt.UtcTicks ?? 0);
}

internal enum AddressState
{
    NeverUsed,

    /// <summary>Free, but somebody had it.</summary>
    Used,
    Offered,
    Leased,
    Quarantined,
}
