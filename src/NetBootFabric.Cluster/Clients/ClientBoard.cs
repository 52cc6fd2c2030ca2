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
    private ImmutableArray<Action<ClientState>> _followers = [];

    public IEnumerable<ClientState> All => _clients.Values;
    public int Count => _clients.Count;

    public ClientState? Find(MacAddress client) => _clients.GetValueOrDefault(client);

    public bool IsInFirmware(MacAddress client, DateTimeOffset now) => Find(client)?.Current?.IsInFirmware(now) ?? false;

    /// <summary>Puts up a client's state; followers hear of it when the phase is a new one.</summary>
    public void Post(ClientState state, bool entered)
    {
        _clients[state.Mac] = state;
        if (!entered) return;
        foreach (var follower in _followers) follower(state);
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
            if (Find(oldest) is { History.IsEmpty: true, Current.Address.IsAny: true }) _clients.TryRemove(oldest, out _);
        }
    }

    /// <summary>These clients are another head node's now: it knows them better.</summary>
    public void Drop(Predicate<MacAddress> gone)
    {
        foreach (var client in _clients.Keys)
            if (gone(client)) _clients.TryRemove(client, out _);
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
