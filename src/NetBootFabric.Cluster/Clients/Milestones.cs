using NetBootFabric.Boot.Clients;
using NetBootFabric.Cluster.Messages;

namespace NetBootFabric.Cluster.Clients;

/// <summary>What of a boot is worth a write. Pure.</summary>
internal static class Milestones
{
    public static bool Entered(ClientState before, ClientState now) =>
        before.Current?.Number != now.Current?.Number || before.Current?.Phases.Length != now.Current?.Phases.Length || before.Current?.Phase != now.Current?.Phase;

    /// <summary>
    /// The events between two states, oldest first. Nothing is written before the lease is (an OFFER needs no write); a boot that was given up for a new
    /// one is written with its end.
    /// </summary>
    public static IEnumerable<BootAdvanced> Between(ClientState before, ClientState now)
    {
        if (before.Current is { } old && now.Current?.Number > old.Number && now.History is [var ended, ..] && !ReferenceEquals(ended, old))
            yield return Event(now, ended);
        if (now.Current is { Phase: >= BootPhase.Bound } boot) yield return Event(now, boot);
    }

    /// <summary>The state after <paramref name="stored"/>.</summary>
    public static ClientState Apply(ClientState state, BootAdvanced stored)
    {
        var next = state with { Attributes = stored.Attributes, OnceServed = stored.OnceServed };
        return stored.Boot.Number == state.Current?.Number ? next with { Current = stored.Boot } : next.Succeed(stored.Boot);
    }

    private static BootAdvanced Event(ClientState state, BootRecord boot) => new(boot, state.Attributes, state.OnceServed);
}
