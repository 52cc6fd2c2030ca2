using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using NetBootFabric.Boot.Events;
using NetBootFabric.Boot.Loaders;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Boot.Clients;

// Of what a stored document leaves out, as those of earlier releases do, System.Text.Json's generated code sets null: each such property turns it into its default.

/// <summary>One boot, from the first DISCOVER (or request for a file) to the booted system's report or the failure.</summary>
public sealed record BootRecord
{
    /// <summary>Counts the client's boots, from 1.</summary>
    public required long Number { get; init; }
    public required BootPhase Phase { get; init; }

    /// <summary>Every phase entered, in order, with its time; a chain of loaders repeats some.</summary>
    public ImmutableArray<PhaseEntry> Phases { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>False while only an operating system asked for a lease: nothing will be loaded, so nothing can fail.</summary>
    public bool Boots { get; init; }

    /// <summary>The operator sends it to its own disk: the fabric gives it an address and awaits nothing more.</summary>
    public bool ToDisk { get; init; }

    /// <summary>The operator holds it: it waits, and is not awaited.</summary>
    public bool Held { get; init; }

    /// <summary>It was told to wait until the uplink has room for its download, and asks again. Not kept in the journal: it asks every few seconds.</summary>
    public bool AwaitsTurn { get; init; }

    /// <summary>What the operator wants done by this boot alone.</summary>
    public BootOrder Order { get; init; }

    /// <summary>Who spoke last: firmware, iPXE or an operating system.</summary>
    public ClientStage Stage { get; init; }
    public ClientArchitecture Architecture { get; init; } = ClientArchitecture.Unknown;
    public Ipv4Address Address { get; init; }

    /// <summary>Our address that the client was told to boot from.</summary>
    public Ipv4Address Server { get; init; }

    /// <summary>Name of the first loader that was fetched.</summary>
    [AllowNull]
    public string Loader { get; init => field = value ?? ""; } = "";
    public TransferProtocol? Transport { get; init; }

    /// <summary>DISCOVER packets.</summary>
    public int Discovers { get; init; }

    /// <summary>DHCP exchanges that ended in an ACK, each counted once.</summary>
    public int Exchanges { get; init; }

    /// <summary>DHCP packets that came again.</summary>
    public int Retries { get; init; }

    /// <summary>Offers sent since the last ACK.</summary>
    public int OffersUnanswered { get; init; }
    public int ArpQuestions { get; init; }

    /// <summary>Bytes of all finished and running downloads.</summary>
    public long Bytes { get; init; }
    public int Retransmissions { get; init; }

    /// <summary>Downloads, oldest first; the last <see cref="BootMachine.DownloadsKept"/>.</summary>
    public ImmutableArray<Download> Downloads { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>What went wrong last and may yet be mended by the client's retry.</summary>
    public BootFailure? Trouble { get; init; }
    public BootFailure? Failure { get; init; }

    /// <summary>A sign of life by the system itself, after its kernel was loaded: it runs, and has its network.</summary>
    public DateTimeOffset? SystemHeardAt { get; init; }

    /// <summary>Who else uses the client's address, as a sentence; empty: nobody was seen.</summary>
    [AllowNull]
    public string Conflict { get; init => field = value ?? ""; } = "";

    /// <summary>What it was told to boot: says which files it needs. Null: not known, since this head node was started. Not kept, and not told to others.</summary>
    internal Profile? Profile { get; init; }

    /// <summary>Something about the client's own ways that an operator may want to know, as a sentence; empty: nothing. Not kept in the journal.</summary>
    [AllowNull]
    public string Remark { get; init => field = value ?? ""; } = "";

    /// <summary>xid of the exchange going on, and whether it was acknowledged.</summary>
    public uint TransactionId { get; init; }
    public bool TransactionAcknowledged { get; init; }
    public DateTimeOffset LastHeard { get; init; }

    /// <summary>An answer named a boot file. Not kept.</summary>
    internal bool IsToldFile { get; init; }

    /// <summary>Its firmware asked to boot, and no loader is made for it: it has its address, and goes on by itself or not at all.</summary>
    public bool LacksLoader => Boots && !IsToldFile && Loader.Length == 0 && Stage == ClientStage.Firmware && Firmwares.Of(Architecture) == Firmware.Unsupported;

    /// <summary>Somebody waits for its system, so that silence is a failure.</summary>
    public bool IsAwaited => !HasEnded && Boots && !ToDisk && !Held && !(LacksLoader && Phase < BootPhase.Kernel && Trouble is null);

    public DateTimeOffset StartedAt => Phases.IsDefaultOrEmpty ? LastHeard : Phases[0].At;

    /// <summary>What people are shown as its phase.</summary>
    public string PhaseName => HasEnded ? Phase.ToString() : Held ? nameof(Held) : AwaitsTurn ? "Waiting" : LacksLoader && Phase is (BootPhase.Bound or BootPhase.Resolved) ? "NoLoader" : Phase.ToString();

    public bool HasEnded => Phase is BootPhase.Booted or BootPhase.Failed;

    /// <summary>
    /// True while firmware or iPXE has the machine and we boot it: from its DISCOVER until it fetches a script or a kernel, unless it was refused or fell silent.
    /// </summary>
    public bool IsInFirmware(DateTimeOffset now) =>
        Boots && Phase <= BootPhase.Loader && Stage != ClientStage.System
        && !(Phase == BootPhase.Discovering && Trouble is not null)
        && now - LastHeard <= BootMachine.NetworkPatience;

    internal BootRecord Enter(BootPhase phase, DateTimeOffset at) =>
        Phase == phase && Phases.Length > 0 ? this : this with { Phase = phase, Phases = Phases.Add(new PhaseEntry(phase, at)) };
}

public readonly record struct PhaseEntry(BootPhase Phase, DateTimeOffset At);

/// <summary>A boot's stages, in order.</summary>
public enum ClientStage { Firmware, Ipxe, System }

public sealed record Download(long Transfer, string Path, TransferProtocol Protocol, Content.ContentRole Role, long Bytes, long? Length, TransferStage Stage, DateTimeOffset At);
