using System.Collections.Concurrent;
using System.Collections.Immutable;
using NetBootFabric.Boot.Clients;
using NetBootFabric.Wire;

namespace NetBootFabric.Cluster.Clients;

/// <summary>
/// The last known state of every client of this head node, for lists and counts: asking ten thousand actors for a table would wake them all.
/// </summary>
public sealed class ClientBoard : IBootingClients
{
    public const int StrangersKept = 4096;

    private readonly ConcurrentDictionary<MacAddress, ClientState> _clients = new();
    private readonly ConcurrentQueue<MacAddress> _retired = new();

    /// <summary>Who was offered an address, or took it elsewhere: whose requests come from it before there is a lease.</summary>
    private readonly ConcurrentDictionary<Ipv4Address, MacAddress> _told = new();
    private ImmutableArray<Action<ClientState>> _followers = [];

    public IEnumerable<ClientState> All => _clients.Values;
    public int Count => _clients.Count;

    public ClientState? Find(MacAddress client) => _clients.GetValueOrDefault(client);

    public bool IsInFirmware(MacAddress client, DateTimeOffset now) => Find(client)?.Current?.IsInFirmware(now) ?? false;

    /// <summary>Puts up a client's state; followers hear of it when the phase is a new one.</summary>
    public void Post(ClientState state, bool entered)
    {
        var before = _clients.GetValueOrDefault(state.Mac);
        _clients[state.Mac] = state;
        Move(state.Mac, before?.OfferedAddress ?? default, state.OfferedAddress);
        if (!entered) return;
        Move(state.Mac, before?.Current?.Address ?? default, state.Current?.Address ?? default);
        foreach (var follower in _followers) follower(state);
    }

    /// <summary>The client that was told of <paramref name="address"/> and may use it, whether there is a lease or not; null: none.</summary>
    public MacAddress? ClientAt(Ipv4Address address, DateTimeOffset now) =>
        _told.TryGetValue(address, out var client) && Find(client)?.MayUse(address, now) == true ? client : null;

    private void Move(MacAddress client, Ipv4Address before, Ipv4Address now)
    {
        if (before == now) return;
        if (!before.IsAny) _told.TryRemove(KeyValuePair.Create(before, client));
        if (!now.IsAny) _told[now] = client;
    }

    private void Forget(MacAddress client)
    {
        if (!_clients.TryRemove(client, out var state)) return;
        Move(client, state.OfferedAddress, default);
        Move(client, state.Current?.Address ?? default, default);
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
            if (Find(oldest) is { History.IsEmpty: true, Current.Address.IsAny: true }) Forget(oldest);
        }
    }

    /// <summary>These clients are another head node's now: it knows them better.</summary>
    public void Drop(Predicate<MacAddress> gone)
    {
        foreach (var client in _clients.Keys)
            if (gone(client)) Forget(client);
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
