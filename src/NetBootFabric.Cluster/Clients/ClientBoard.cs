using System.Collections.Concurrent;
using System.Collections.Immutable;
using NetBootFabric.Boot.Clients;
using NetBootFabric.Cluster.Ledger;
using NetBootFabric.Cluster.Messages;
using NetBootFabric.Wire;

namespace NetBootFabric.Cluster.Clients;

/// <summary>
/// The last known state of every client of this head node, for lists and counts: asking ten thousand actors for a table would wake them all. Whole for clients
/// that have an actor, packed for the others.
/// </summary>
public sealed class ClientBoard : IBootingClients
{
    public const int StrangersKept = 4096;

    private readonly ShardRecords[] _shards = [.. Enumerable.Range(0, ClientMessageExtractor.ShardCount).Select(_ => new ShardRecords())];
    private readonly ConcurrentQueue<MacAddress> _retired = new();

    private readonly ToldAddresses _told = new();
    private ImmutableArray<Action<ClientState>> _followers = [];

    /// <summary>Unpacked one shard after the other.</summary>
    public IEnumerable<ClientState> All => _shards.SelectMany(static shard => shard.List(whole: true));

    /// <summary>As <see cref="All"/>, without earlier boots: takes a fraction of the time.</summary>
    public IEnumerable<ClientState> Latest => _shards.SelectMany(static shard => shard.List(whole: false));

    public int Count => _shards.Sum(static shard => shard.Count);

    public ClientState? Find(MacAddress client) => RecordsOf(client).Find(client);

    public bool IsInFirmware(MacAddress client, DateTimeOffset now) => RecordsOf(client).TryGlance(client, out var glance) && now.UtcTicks <= glance.FirmwareUntil;

    /// <summary>Shows each client to <paramref name="see"/>, without unpacking any: for counts of a million.</summary>
    public void Glance(Action<ClientGlance> see)
    {
        foreach (var shard in _shards) shard.Glance(see);
    }

    /// <summary>How many clients each shard of the fabric has here.</summary>
    public IReadOnlyList<int> CountByShard => [.. _shards.Select(static shard => shard.Count)];

    internal ShardRecords RecordsOf(MacAddress client) => _shards[ClientMessageExtractor.Of(client)];

    internal ShardRecords Shard(int shard) => _shards[shard];

    /// <summary>Puts up a client's state; followers hear of it when the phase is a new one.</summary>
    public void Post(ClientState state, bool entered)
    {
        Post(RecordsOf(state.Mac), Find(state.Mac), state, entered);
    }

    /// <param name="before">As it was up to now; null: it is new.</param>
    internal void Post(ShardRecords records, ClientState? before, ClientState state, bool entered)
    {
        records.Post(state);
        _told.Move(state.Mac, before?.OfferedAddress ?? default, state.OfferedAddress);
        if (!entered) return;
        _told.Move(state.Mac, before?.Current?.Address ?? default, state.Current?.Address ?? default);
        foreach (var follower in _followers) follower(state);
    }

    /// <summary>The client that was told of <paramref name="address"/> and may use it, whether there is a lease or not; null: none.</summary>
    public MacAddress? ClientAt(Ipv4Address address, DateTimeOffset now) =>
        _told.TryFind(address, out var client) && RecordsOf(client).Latest(client)?.MayUse(address, now) == true ? client : null;

    private void Remove(ClientState client)
    {
        RecordsOf(client.Mac).Remove(client.Mac);
        _told.Move(client.Mac, client.OfferedAddress, default);
        _told.Move(client.Mac, client.Current?.Address ?? default, default);
    }

    /// <summary>
    /// A machine of which nothing became falls silent. The last <see cref="StrangersKept"/> of them stay up, so that the operator sees who knocks.
    /// </summary>
    public void Retire(MacAddress stranger)
    {
        _retired.Enqueue(stranger);
        while (_retired.Count > StrangersKept && _retired.TryDequeue(out var oldest))
        {
            // Unless it came back and was given an address.
            if (Find(oldest) is { History.IsEmpty: true, Current.Address.IsAny: true } none) Remove(none);
        }
    }

    /// <summary>These clients are another head node's now: it knows them better.</summary>
    public void Drop(Predicate<MacAddress> gone)
    {
        foreach (var shard in _shards)
            foreach (var client in shard.Macs.Where(client => gone(client))) shard.Remove(client);
    }

    /// <summary>Calls <paramref name="follower"/> on each phase entered, from the client's own thread: it must be quick. Dispose to end.</summary>
    public IDisposable Follow(Action<ClientState> follower)
    {
        ImmutableInterlocked.Update(ref _followers, followers => followers.Add(follower));
        return new Subscription(() => ImmutableInterlocked.Update(ref _followers, followers => followers.Remove(follower)));
    }

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
