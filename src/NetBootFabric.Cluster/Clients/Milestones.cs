using NetBootFabric.Boot.Clients;
using NetBootFabric.Cluster.Messages;

namespace NetBootFabric.Cluster.Clients;

/// <summary>What of a boot is worth a write. Pure.</summary>
internal static class Milestones
{
    public static bool Entered(ClientState before, ClientState now) =>
        before.Current?.Number != now.Current?.Number || before.Current?.Phases.Length != now.Current?.Phases.Length || before.Current?.Phase != now.Current?.Phase
        || before.Current?.Held != now.Current?.Held;

    /// <summary>
    /// The events between two states, oldest first. Nothing is written before the lease is (an OFFER needs no write); a boot that was given up for a new
    /// one is written with its end. Of a machine that is not known, a boot that failed before it had a lease is not written: anybody can make up such machines.
    /// </summary>
    public static BootAdvanced[] Between(ClientState before, ClientState now, bool isKnown)
    {
        var boot = now.Current is { } current && IsKept(current, isKnown) ? Event(now, current) : null;
        if (before.Current is not { } old || !(now.Current?.Number > old.Number) || now.History is not [var ended, ..] || ReferenceEquals(ended, old) || !IsKept(ended, isKnown))
            return boot is null ? [] : [boot];
        return boot is null ? [Event(now, ended)] : [Event(now, ended), boot];
    }

    private static bool IsKept(BootRecord boot, bool isKnown) =>
        boot.Phase >= BootPhase.Bound && (isKnown || boot.Phase != BootPhase.Failed || boot.Phases.Any(entry => entry.Phase is >= BootPhase.Bound and < BootPhase.Failed));

    /// <summary>The events that say all of a client's boots from this number on, oldest first: those of several milestones in one.</summary>
    public static IEnumerable<BootAdvanced> Since(ClientState state, long number)
    {
        if (state.Current is not { } current) yield break;
        for (var i = state.History.Length - 1; i >= 0; i--)
            if (state.History[i].Number >= number && IsKept(state.History[i], isKnown: true)) yield return Event(state, state.History[i]);
        if (IsKept(current, isKnown: true)) yield return Event(state, current);
    }

    /// <summary>The state after <paramref name="stored"/>. An event may come twice: its first write was done after all.</summary>
    public static ClientState Apply(ClientState state, BootAdvanced stored)
    {
        var next = state with { Attributes = stored.Attributes, OnceServed = stored.OnceServed, OnceOrder = stored.OnceOrder, NextServed = stored.NextServed };
        if (stored.Boot.Number == state.Current?.Number) return next with { Current = stored.Boot };
        if (!(stored.Boot.Number < state.Current?.Number)) return next.Succeed(stored.Boot);
        return next.History.FirstOrDefault(boot => boot.Number == stored.Boot.Number) is { } known ? next with { History = next.History.Replace(known, stored.Boot) } : next;
    }

    private static BootAdvanced Event(ClientState state, BootRecord boot) => new(boot, state.Attributes, state.OnceServed) { OnceOrder = state.OnceOrder, NextServed = state.NextServed };
}
