using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Events;
using NetBootFabric.Boot.Rooms;

namespace NetBootFabric.Boot.Clients.Why;

/// <summary>One boot of a client among the facts.</summary>
internal sealed record Case(ClientFacts Facts, BootRecord Boot)
{
    /// <summary>Firmware asks again after 4 s, iPXE after 1, 3 and 7 s: who is silent for longer has met a problem.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);

    /// <summary>A kernel that says nothing for so long is slow at least.</summary>
    private static readonly TimeSpan QuietSystem = TimeSpan.FromMinutes(2);

    /// <summary>An answer may be lost once or twice.</summary>
    private const int Insistent = 3;

    public DateTimeOffset Now => Facts.Now;
    public Room Room => Facts.Room;
    public NodeEntry? Node => Room.NodeOf(Facts.State.Mac);
    public Profile? Profile => Room.ProfileOf(Node);
    public TimeSpan Silence => Now - Boot.LastHeard;
    public TimeSpan Age => Now - Boot.StartedAt;
    public bool HasFailed => Boot.Phase == BootPhase.Failed;
    public bool KernelIsLoaded => BootMachine.KernelIsLoaded(Known);

    /// <summary>The boot as it was before it was given up, with what its client is told to boot: a head node that was started since knows that from the room alone.</summary>
    public BootRecord Known => Beneath(Boot.Profile is null ? Boot with { Profile = Profile } : Boot);

    /// <summary>What failed, what troubles the client now, or what its silence means; null when it gets on.</summary>
    public BootFailure? Problem => Boot.Failure ?? Boot.Trouble ?? (!Boot.HasEnded && Boot.Boots && IsStill ? BootMachine.Diagnose(Known) : null);

    /// <summary>The last download that failed; null: none did.</summary>
    public Download? Broken => Boot.Downloads.LastOrDefault(download => download.Stage == TransferStage.Failed);
    public Download? Last => Boot.Downloads.IsEmpty ? null : Boot.Downloads[^1];
    public Download? Kernel => Boot.Downloads.LastOrDefault(download => download.Role is ContentRole.Kernel or ContentRole.KernelAndInitrd);

    /// <summary>Octets a second of kernel and initrds; 0: too little to tell.</summary>
    public double Rate => DownloadRate.Of(Boot);

    private bool IsStill => Boot.Phase switch
    {
        BootPhase.Offered when Boot.OffersUnanswered >= Insistent => true,
        BootPhase.Resolved when Boot.Downloads.IsEmpty && Boot.ArpQuestions >= Insistent => true,
        _ => Silence > (KernelIsLoaded ? QuietSystem : Quiet),
    };

    /// <summary>A failed boot as it was before it was given up.</summary>
    private static BootRecord Beneath(BootRecord boot) =>
        boot.Phase == BootPhase.Failed && boot.Phases.Length > 1 ? boot with { Phase = boot.Phases[^2].Phase } : boot;
}
