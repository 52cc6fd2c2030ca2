using System.Buffers;
using System.Runtime.InteropServices;
using NetBootFabric.Boot.Clients;
using NetBootFabric.Wire;

namespace NetBootFabric.Cluster.Ledger;

/// <summary>
/// What a head node knows of one shard's clients: whole states of those that have an actor, packed records of the rest; and which of them the ledger has yet to write. Thread-safe.
/// </summary>
internal sealed partial class ShardRecords
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ulong, Awake> _awake = [];
    private readonly Dictionary<ulong, Slot> _resting = [];
    private readonly RecordPages _pages;
    private readonly Conversations _conversations = new();

    public ShardRecords() => _pages = new RecordPages((mac, place) => CollectionsMarshal.GetValueRefOrNullRef(_resting, mac).Place = place);

    /// <summary>A client with an actor, or one that somebody posted.</summary>
    /// <param name="IsKept">Its history is, or is to be, in the ledger.</param>
    private readonly record struct Awake(ClientState State, bool IsKept);

    /// <summary>A packed client, and what is asked of many at once.</summary>
    private record struct Slot(RecordPages.Place Place, ClientGlance Glance, bool IsKept);

    public int Count
    {
        get
        {
            lock (_gate) return _awake.Count + _resting.Count;
        }
    }

    public ClientState? Find(MacAddress client)
    {
        lock (_gate) return _awake.TryGetValue(client.Value, out var awake) ? awake.State : _resting.TryGetValue(client.Value, out var slot) ? Unpack(client, slot) : null;
    }

    /// <summary>Without its earlier boots, where it has no actor.</summary>
    public ClientState? Latest(MacAddress client)
    {
        lock (_gate)
            return _awake.TryGetValue(client.Value, out var awake) ? awake.State : _resting.TryGetValue(client.Value, out var slot) ? PackedClient.ReadLatest(client, _pages.Read(slot.Place)) : null;
    }

    public bool TryGlance(MacAddress client, out ClientGlance glance)
    {
        lock (_gate)
        {
            if (_awake.TryGetValue(client.Value, out var awake)) glance = ClientGlance.Of(awake.State);
            else if (_resting.TryGetValue(client.Value, out var slot)) glance = slot.Glance;
            else glance = default;
            return glance != default;
        }
    }

    /// <summary>An actor of this client begins: what it was, and whether its history is in the ledger.</summary>
    public ClientState? Recall(MacAddress client, out bool isKept)
    {
        lock (_gate)
        {
            if (_awake.TryGetValue(client.Value, out var awake))
            {
                isKept = awake.IsKept;
                return awake.State;
            }
            isKept = _resting.TryGetValue(client.Value, out var slot) && slot.IsKept;
            return slot == default ? null : Unpack(client, slot).Resume(_conversations.Take(client));
        }
    }

    public void Post(ClientState state)
    {
        lock (_gate)
        {
            ref var awake = ref CollectionsMarshal.GetValueRefOrAddDefault(_awake, state.Mac.Value, out var exists);
            var isKept = exists ? awake.IsKept : Forget(state.Mac.Value);
            awake = new Awake(state, isKept);
        }
    }

    /// <summary>Its actor ends: what remains of it is a record. What was read of it meanwhile is put with it.</summary>
    public void Rest(MacAddress client)
    {
        Action? prompt = null;
        lock (_gate)
        {
            if (!_awake.Remove(client.Value, out var awake)) return;
            var state = awake.State;
            if (_read is not null && _read.Remove(client.Value, out var read))
            {
                state = Histories.Merge(read, state);
                awake = awake with { IsKept = true };
                _unwritten[client.Value] = 0;
                prompt = Prompt();
            }
            Pack(state, awake.IsKept);
            _conversations.Put(state);
        }
        prompt?.Invoke();
    }

    public void Remove(MacAddress client)
    {
        lock (_gate)
        {
            _awake.Remove(client.Value);
            Forget(client.Value);
            _unwritten.Remove(client.Value);
        }
    }

    /// <summary>All clients, unpacked outside of the lock: packets go on meanwhile.</summary>
    /// <param name="whole">False: without earlier boots, which takes less time.</param>
    public IReadOnlyList<ClientState> List(bool whole)
    {
        var (list, packed) = Copy();
        foreach (var (mac, octets) in LedgerFormat.Read(packed)) list.Add(whole ? PackedClient.Read(new(mac), octets.Span) : PackedClient.ReadLatest(new(mac), octets.Span));
        return list;
    }

    private (List<ClientState> Awake, ReadOnlyMemory<byte> Packed) Copy()
    {
        lock (_gate)
        {
            var packed = new ArrayBufferWriter<byte>((int)Math.Max(256, _pages.Live));
            foreach (var (mac, slot) in _resting) LedgerFormat.Add(packed, mac, _pages.Read(slot.Place));
            var list = new List<ClientState>(_awake.Count + _resting.Count);
            list.AddRange(_awake.Values.Select(awake => awake.State));
            return (list, packed.WrittenMemory);
        }
    }

    /// <summary>Adds up what <paramref name="see"/> is told of each client.</summary>
    public void Glance(Action<ClientGlance> see)
    {
        lock (_gate)
        {
            foreach (var awake in _awake.Values) see(ClientGlance.Of(awake.State));
            foreach (var slot in _resting.Values) see(slot.Glance);
        }
    }

    public IReadOnlyList<MacAddress> Macs
    {
        get
        {
            lock (_gate) return [.. _awake.Keys.Concat(_resting.Keys).Select(mac => new MacAddress(mac))];
        }
    }

    private ClientState Unpack(MacAddress client, in Slot slot) => PackedClient.Read(client, _pages.Read(slot.Place));

    private void Pack(ClientState state, bool isKept)
    {
        Forget(state.Mac.Value);
        _resting[state.Mac.Value] = new Slot(_pages.Add(state.Mac.Value, PackedClient.Write(state)), ClientGlance.Of(state), isKept);
    }

    /// <returns>Whether its history was kept.</returns>
    private bool Forget(ulong mac)
    {
        if (!_resting.Remove(mac, out var slot)) return false;
        _pages.Remove(slot.Place);
        return slot.IsKept;
    }
}
