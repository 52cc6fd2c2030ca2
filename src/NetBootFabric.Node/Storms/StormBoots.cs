using NetBootFabric.Boot.Clients;

namespace NetBootFabric.Node.Storms;

/// <summary>What of a client's boots a storm is made of: those that load something, not leases alone and not starts from the disk.</summary>
internal static class StormBoots
{
    /// <summary>Newest first.</summary>
    public static IEnumerable<BootRecord> Of(ClientState client)
    {
        if (client.Current is not { } current) yield break;
        if (Counts(current)) yield return current;
        foreach (var earlier in client.History)
            if (Counts(earlier)) yield return earlier;
    }

    public static DateTimeOffset LastMove(BootRecord boot) => boot.Phases[^1].At;

    private static bool Counts(BootRecord boot) => boot is { Boots: true, ToDisk: false, Phases.IsDefaultOrEmpty: false };
}
