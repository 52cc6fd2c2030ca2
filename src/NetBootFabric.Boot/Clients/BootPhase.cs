namespace NetBootFabric.Boot.Clients;

/// <summary>How far a boot has come. The order is that of a boot; a chain of loaders may go back to <see cref="Discovering"/>.</summary>
public enum BootPhase
{
    /// <summary>A DISCOVER came; no OFFER was sent yet.</summary>
    Discovering,
    Offered,

    /// <summary>The lease is committed and the ACK was sent; for a proxy, the boot file was named.</summary>
    Bound,

    /// <summary>The client asked for its boot server by ARP, or its first packet to it came.</summary>
    Resolved,
    Loader,
    Script,
    Kernel,
    Initrd,

    /// <summary>The booted system reported back.</summary>
    Booted,
    Failed,
}

/// <summary>Where boots fail, as the 2008 study counts them.</summary>
public enum BootStep { Dhcp, Arp, Tftp, Http, Kernel }

/// <summary>Why a boot failed.</summary>
public enum FailureCause
{
    PoolExhausted,
    UnknownClient,
    NoBootFile,
    NoSubnet,
    StoreUnavailable,

    /// <summary>We offered, and no REQUEST came: the OFFER was lost, or another server was chosen.</summary>
    NoRequest,
    OtherServerSelected,

    /// <summary>The client declined its address: somebody else answers for it.</summary>
    AddressInUse,

    /// <summary>The client has an address and never asked for the boot server.</summary>
    NeverAsked,

    /// <summary>The client asked for the boot server by ARP again and again, and no transfer began.</summary>
    ArpUnanswered,
    NotFound,
    BadPath,
    AccessDenied,
    TransferTimedOut,
    ClientError,
    IllegalRequest,
    ReadError,

    /// <summary>What the operator wrote can't be rendered: a variable that is not there, a value that would break out of its place.</summary>
    Misconfigured,
    TooBusy,

    /// <summary>The loader or script ended, and nothing followed.</summary>
    Stalled,

    /// <summary>Kernel and initrds were loaded, and the system never reported.</summary>
    NoReport,

    /// <summary>The system reported that it failed.</summary>
    SystemFailed,

    /// <summary>The machine began anew in the middle of its boot: power cycle, reset or panic.</summary>
    Restarted,

    /// <summary>There is no profile for the client.</summary>
    NoProfile,

    /// <summary>No loader is made for the client's firmware, or none that its profile can be loaded with.</summary>
    WrongFirmware,

    /// <summary>The machine began anew after its kernel was loaded, before its system reported: panic, watchdog or reset.</summary>
    DiedBeforeReport,

    // From here on: what Diagnoses finds in more than one boot's own facts. No boot record has them.

    /// <summary>The kernel is made for another architecture than the client's.</summary>
    WrongKernel,

    /// <summary>The same loader is fetched again and again.</summary>
    LoaderLoop,

    /// <summary>The machine began anew several times.</summary>
    RestartsAgain,

    /// <summary>Two machines use one MAC address.</summary>
    DuplicateMac,

    /// <summary>Its download is far slower than those of the others.</summary>
    SlowLink,

    /// <summary>No packet of the client was ever heard.</summary>
    NeverHeard,

    // Stored by number: at the end only. These are in boots' records again.

    /// <summary>The client wants to keep an address of which nothing is known here (INIT-REBOOT), and is not refused.</summary>
    NotOnRecord,

    /// <summary>Its message lacks what nobody can guess.</summary>
    Unintelligible,

    /// <summary>Its loader fetched one file whole again and again and went no further.</summary>
    LoaderRefuses,

    /// <summary>The kernel was loaded, and a file that the profile names beside it was never asked for.</summary>
    NotAskedFor,
}

/// <param name="Detail">Evidence, for people: a path, the client's own error text.</param>
public sealed record BootFailure(BootStep Step, FailureCause Cause, string Detail);
