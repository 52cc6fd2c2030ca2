using NetBootFabric.Boot.Clients;
using NetBootFabric.Cluster.Clients;
using NetBootFabric.Cluster.Messages;

namespace NetBootFabric.Cluster.Ledger;

/// <summary>
/// Carries the history that releases before the ledgers wrote, a stream a client, over into the ledgers: read, shown at once, written to the shard's ledger, and deleted where it was once
/// that is done. A process that ends in the middle leaves what is not deleted; read a second time it adds nothing. Thread-safe.
/// </summary>
/// <param name="carried">Told once nothing is under way any more.</param>
internal sealed class FormerBoots(IFormerHistory history, ClientBoard board, ClientClock clock, TimeProvider time, Action<CarriedOver> carried)
{
    /// <summary>Streams in one call: bounded memory, and no lease waits long for the database.</summary>
    private const int Step = 256;

    /// <summary>How often it is looked whether the ledger has written them, and for how long.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly FabricSerializer _serializer = new(null!);
    private readonly Lock _gate = new();
    private readonly HashSet<(int Shard, long Life)> _underWay = [];

    /// <summary>By shard, the life in which all of it was shown: a ledger that is read again asks again.</summary>
    private readonly Dictionary<int, long> _shown = [];
    private Task<Dictionary<int, IReadOnlyList<FormerStream>>>? _streams;
    private CarriedOver _sum;

    /// <summary>Puts up the clients of a shard whose ledger was read, and sees to the rest by itself. Never fails: what can't be read or written now is there the next time.</summary>
    public async Task CarryAsync(int shard)
    {
        var (records, life) = (board.Shard(shard), board.Shard(shard).Life);
        lock (_gate)
        {
            if ((_shown.TryGetValue(shard, out var done) && done == life) || !_underWay.Add((shard, life))) return;
        }
        (IReadOnlyList<FormerStream> streams, IReadOnlyList<FormerStream> shown) = ([], []);
        try
        {
            streams = await StreamsAsync(shard).ConfigureAwait(false);
            if (streams.Count > 0) shown = await ShowAsync(records, life, streams).ConfigureAwait(false);
            if (records.IsRead) MarkShown(shard, life);
        }
        catch (Exception unavailable) when (unavailable is not OutOfMemoryException)
        {
            // The store's own health says so.
        }
        if (streams.Count == 0) End(shard, life);
        else _ = DeleteAsync(shard, life, shown);
    }

    private void MarkShown(int shard, long life)
    {
        lock (_gate) _shown[shard] = life;
    }

    private async Task<IReadOnlyList<FormerStream>> StreamsAsync(int shard)
    {
        Task<Dictionary<int, IReadOnlyList<FormerStream>>> streams;
        lock (_gate)
        {
            if (_streams is null or { IsFaulted: true }) _streams = ListAsync();
            streams = _streams;
        }
        var list = await streams.ConfigureAwait(false);
        lock (_gate) return list.GetValueOrDefault(shard, []);
    }

    private async Task<Dictionary<int, IReadOnlyList<FormerStream>>> ListAsync() =>
        (await history.ListAsync().ConfigureAwait(false)).GroupBy(static stream => ClientMessageExtractor.Of(stream.Client))
            .ToDictionary(static group => group.Key, static IReadOnlyList<FormerStream> (group) => [.. group]);

    /// <returns>Those that may go once the ledger has written them: what can't be read as a whole stays where it is.</returns>
    private async Task<IReadOnlyList<FormerStream>> ShowAsync(ShardRecords records, long life, IReadOnlyList<FormerStream> streams)
    {
        var (shown, clients, boots, unreadable) = (new List<FormerStream>(), 0, 0, 0);
        foreach (var some in streams.Chunk(Step))
        {
            var restored = (await history.ReadAsync(some).ConfigureAwait(false)).Select(former => FormerClient.Of(former, _serializer)).ToList();
            var known = restored.Select(static each => each.State).Where(static state => state.Current is not null).ToList();
            if (!records.Include(known, life)) break;
            Await(known);
            shown.AddRange(restored.Where(static each => !each.IsDamaged).Select(static each => each.Stream));
            (clients, boots, unreadable) = (clients + known.Count, boots + known.Sum(static state => 1 + state.History.Length), unreadable + restored.Count(static each => each.IsDamaged));
        }
        lock (_gate) _sum = _sum.And(clients, boots, unreadable);
        return shown;
    }

    /// <summary>Clients whose boot was going on.</summary>
    private void Await(List<ClientState> clients)
    {
        var now = time.GetUtcNow();
        foreach (var client in clients)
            if (BootMachine.Deadline(client) is { } due) clock.Await(client.Mac, due, now);
    }

    private async Task DeleteAsync(int shard, long life, IReadOnlyList<FormerStream> streams)
    {
        try
        {
            if (!await AreWrittenAsync(shard, life, streams).ConfigureAwait(false)) return;
            foreach (var some in streams.Chunk(Step)) await history.DeleteAsync(some).ConfigureAwait(false);
            Deleted(shard, streams);
        }
        catch (Exception unavailable) when (unavailable is not OutOfMemoryException)
        {
            // They are read again the next time.
        }
        finally
        {
            End(shard, life);
        }
    }

    private async Task<bool> AreWrittenAsync(int shard, long life, IReadOnlyList<FormerStream> streams)
    {
        var (records, began) = (board.Shard(shard), time.GetTimestamp());
        while (true)
        {
            await Task.Delay(Look, time).ConfigureAwait(false); // at first too: what all shards of a start come to is told at once
            if (records.AreWritten(streams.Select(static stream => stream.Client), life)) return true;
            if (records.Life != life || time.GetElapsedTime(began) > Patience) return false;
        }
    }

    private void Deleted(int shard, IReadOnlyList<FormerStream> streams)
    {
        var gone = streams.ToHashSet();
        lock (_gate)
        {
            if (_streams is { IsCompletedSuccessfully: true, Result: var list }) list[shard] = [.. list[shard].Where(stream => !gone.Contains(stream))];
        }
    }

    private void End(int shard, long life)
    {
        CarriedOver sum;
        lock (_gate)
        {
            _underWay.Remove((shard, life));
            if (_underWay.Count > 0) return;
            (sum, _sum) = (_sum, default);
        }
        if (sum != default) carried(sum);
    }
}

/// <summary>What an earlier release's history came to.</summary>
/// <param name="Damaged">Clients of which something could not be read.</param>
public readonly record struct CarriedOver(int Clients, int Boots, int Damaged)
{
    internal CarriedOver And(int clients, int boots, int damaged) => new(Clients + clients, Boots + boots, Damaged + damaged);
}
