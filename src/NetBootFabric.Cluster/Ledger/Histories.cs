using System.Collections.Immutable;
using NetBootFabric.Boot.Clients;

namespace NetBootFabric.Cluster.Ledger;

/// <summary>Puts together what a ledger says of a client and what its head node has seen. Pure.</summary>
internal static class Histories
{
    /// <summary>
    /// Both histories in one. A boot that both know is as it was seen here. When the client was seen without its history, because that could not be read, its boots were counted from 1
    /// again: they follow those that were read.
    /// </summary>
    public static ClientState Merge(ClientState read, ClientState seen)
    {
        if (read.Current is null) return seen;
        if (seen.Current is null) return read;
        var (earlier, later) = (Boots(read), Boots(seen));
        var isOne = later.Any(boot => earlier.Any(other => AreOne(boot, other))) || later[^1].Number > earlier[0].Number;
        var shift = isOne ? 0 : earlier[0].Number;
        var moved = later.Select(boot => shift == 0 ? boot : boot with { Number = boot.Number + shift }).ToList();
        ImmutableArray<BootRecord> all = [.. moved, .. earlier.Where(boot => moved.All(other => other.Number != boot.Number))];
        all = [.. all.OrderByDescending(boot => boot.Number).Take(1 + ClientState.HistoryKept)];
        return seen with
        {
            Current = all[0],
            History = all.RemoveAt(0),
            OnceServed = seen.OnceServed || (read.OnceServed && !isOne),
            OnceOrder = Math.Max(read.OnceOrder, seen.OnceOrder),
            NextServed = Math.Max(read.NextServed, seen.NextServed),
        };
    }

    /// <summary>Newest first.</summary>
    private static ImmutableArray<BootRecord> Boots(ClientState client) => client.History.Insert(0, client.Current!);

    private static bool AreOne(BootRecord one, BootRecord other) => one.Number == other.Number && one.StartedAt == other.StartedAt;
}
