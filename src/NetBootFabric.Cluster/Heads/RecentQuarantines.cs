using System.Collections.Immutable;
using NetBootFabric.Boot.Leases;

namespace NetBootFabric.Cluster.Heads;

/// <summary>
/// Quarantines that this head node decided a moment ago, to be told again: of a lease that another head node did not hear of the store's key on the address knows, of a quarantine
/// nobody would, and it would give the address away until it reads them all anew. Bounded: the oldest is given up. Not thread-safe.
/// </summary>
/// <param name="time">For so long; then everybody has read it.</param>
internal sealed class RecentQuarantines(TimeSpan time)
{
    private const int Most = 256;

    private readonly Queue<(LeaseNews News, DateTimeOffset Until)> _recent = new();

    public void Note(LeaseNews news, DateTimeOffset now)
    {
        if (news.Quarantined is null) return;
        _recent.Enqueue((new LeaseNews { Quarantined = news.Quarantined }, now + time));
        if (_recent.Count > Most) _recent.Dequeue();
    }

    /// <summary>Those that are to be told again, the oldest first.</summary>
    public ImmutableArray<LeaseNews> At(DateTimeOffset now)
    {
        while (_recent.TryPeek(out var oldest) && oldest.Until <= now) _recent.Dequeue();
        return [.. _recent.Select(static each => each.News)];
    }
}
