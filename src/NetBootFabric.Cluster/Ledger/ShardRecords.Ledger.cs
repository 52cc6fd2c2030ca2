using System.Buffers;
using System.Runtime.InteropServices;
using NetBootFabric.Boot.Clients;
using NetBootFabric.Cluster.Clients;
using NetBootFabric.Cluster.Messages;
using NetBootFabric.Wire;

namespace NetBootFabric.Cluster.Ledger;

// What the shard's ledger has to do with it.
internal sealed partial class ShardRecords
{
    /// <summary>Octets of one event, so that a storm's or an outage's is none that a database refuses.</summary>
    private const int MostInEvent = 256 * 1024;

    /// <summary>Clients whose boots from this number on are to be written. No more than there are clients.</summary>
    private readonly Dictionary<ulong, long> _unwritten = [];

    /// <summary>What the event that is being written holds.</summary>
    private readonly Dictionary<ulong, long> _underWay = [];

    /// <summary>Of clients that had an actor by the time the ledger was read: put together with what the actor knows once it ends.</summary>
    private Dictionary<ulong, ClientState>? _read;

    private Action? _prompt;
    private bool _isPrompted;
    private long _life;

    /// <summary>Another with each <see cref="Clear"/>: by it who comes back later knows whether these are still the clients that it meant.</summary>
    public long Life
    {
        get
        {
            lock (_gate) return _life;
        }
    }

    /// <summary>False: what the ledger holds is not known here, and nothing is written that would stand in its place.</summary>
    public bool IsRead { get; private set; }

    public int Unwritten
    {
        get
        {
            lock (_gate) return _unwritten.Count + _underWay.Count;
        }
    }

    /// <summary>Something can be written now.</summary>
    public bool HasUnwritten
    {
        get
        {
            lock (_gate) return IsRead && _unwritten.Count > (_read is null ? 0 : _unwritten.Keys.Count(_read.ContainsKey));
        }
    }

    /// <summary>Octets of a snapshot, about.</summary>
    public long Size
    {
        get
        {
            lock (_gate) return _pages.Live + 512L * _awake.Count;
        }
    }

    /// <summary>Boots of the client, from this number on, are to be written.</summary>
    public void Keep(MacAddress client, long since)
    {
        Action? prompt;
        lock (_gate)
        {
            if (!_awake.TryGetValue(client.Value, out var awake)) return;
            if (!awake.IsKept) _awake[client.Value] = awake with { IsKept = true };
            ref var from = ref CollectionsMarshal.GetValueRefOrAddDefault(_unwritten, client.Value, out var exists);
            if (!exists || since < from) from = since;
            prompt = Prompt();
        }
        prompt?.Invoke();
    }

    /// <summary>Called once when something is to be written, and again after <see cref="TakeUnwritten"/>.</summary>
    public void PromptBy(Action? prompt)
    {
        Action? now;
        lock (_gate)
        {
            (_prompt, _isPrompted) = (prompt, false);
            now = _unwritten.Count > 0 ? Prompt() : null;
        }
        now?.Invoke();
    }

    private Action? Prompt()
    {
        if (_isPrompted) return null;
        _isPrompted = _prompt is not null;
        return _prompt;
    }

    /// <summary>The next event; null: nothing is to be written. It counts as written with <see cref="Written"/>, not with <see cref="NotWritten"/>.</summary>
    public byte[]? TakeUnwritten()
    {
        lock (_gate)
        {
            _isPrompted = false;
            if (!IsRead) return null;
            var pack = new ArrayBufferWriter<byte>();
            foreach (var (mac, since) in _unwritten)
            {
                if (pack.WrittenCount > MostInEvent) break;
                if (_read?.ContainsKey(mac) == true) continue;
                foreach (var boot in Milestones.Since(StateOf(mac), since)) LedgerFormat.Add(pack, mac, BootAdvancedFormat.Write(boot));
                _underWay[mac] = since;
            }
            foreach (var mac in _underWay.Keys) _unwritten.Remove(mac);
            return pack.WrittenCount == 0 ? null : pack.WrittenSpan.ToArray();
        }
    }

    public void Written()
    {
        lock (_gate) _underWay.Clear();
    }

    public void NotWritten()
    {
        lock (_gate)
        {
            foreach (var (mac, since) in _underWay) _unwritten[mac] = Math.Min(since, _unwritten.GetValueOrDefault(mac, since));
            _underWay.Clear();
        }
    }

    /// <summary>All clients with a history, as of now.</summary>
    public byte[] Snapshot()
    {
        lock (_gate)
        {
            var pack = new ArrayBufferWriter<byte>((int)Math.Min(int.MaxValue / 2, _pages.Live + 4096));
            foreach (var (mac, slot) in _resting)
                if (slot.IsKept) LedgerFormat.Add(pack, mac, _pages.Read(slot.Place));
            foreach (var (mac, awake) in _awake)
                if (awake.IsKept) LedgerFormat.Add(pack, mac, PackedClient.Write(_read?.GetValueOrDefault(mac) is { } read ? Histories.Merge(read, awake.State) : awake.State));
            return pack.WrittenSpan.ToArray();
        }
    }

    /// <summary>
    /// What the ledger holds, read for the first time. Clients that nobody knows here are put up as they are; what came of others meanwhile follows what was read.
    /// </summary>
    public void Adopt(IEnumerable<ClientState> clients)
    {
        Action? prompt;
        lock (_gate)
        {
            IsRead = true;
            foreach (var client in clients) Adopt(client, write: false);
            prompt = _unwritten.Count > 0 ? Prompt() : null;
        }
        prompt?.Invoke();
    }

    /// <summary>What comes from elsewhere, and the ledger has yet to write: as <see cref="Adopt(IEnumerable{ClientState})"/> where the ledger has nothing of a client, behind it where it has.</summary>
    /// <returns>False: the shard is not read, or its life is another by now; nothing is done then.</returns>
    public bool Include(IEnumerable<ClientState> clients, long life)
    {
        Action? prompt;
        lock (_gate)
        {
            if (!IsRead || _life != life) return false;
            foreach (var client in clients) Adopt(client, write: true);
            prompt = _unwritten.Count > 0 ? Prompt() : null;
        }
        prompt?.Invoke();
        return true;
    }

    /// <summary>Whether the ledger has written all that is known of these clients.</summary>
    public bool AreWritten(IEnumerable<MacAddress> clients, long life)
    {
        lock (_gate)
            return IsRead && _life == life && clients.All(client => !_unwritten.ContainsKey(client.Value) && !_underWay.ContainsKey(client.Value) && _read?.ContainsKey(client.Value) != true);
    }

    private void Adopt(ClientState client, bool write)
    {
        var mac = client.Mac.Value;
        if (_awake.ContainsKey(mac))
        {
            ref var read = ref CollectionsMarshal.GetValueRefOrAddDefault(_read ??= [], mac, out _);
            read = read is null ? client : Histories.Merge(client, read);
            return;
        }
        var isSeen = _resting.TryGetValue(mac, out var slot);
        Pack(isSeen ? Histories.Merge(client, Unpack(client.Mac, slot)) : client, isKept: true);
        if (write || isSeen) _unwritten[mac] = 0;
    }

    /// <summary>The shard is another head node's.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            foreach (var mac in _resting.Keys.ToList()) Forget(mac);
            _awake.Clear();
            _unwritten.Clear();
            _underWay.Clear();
            (_read, IsRead) = (null, false);
            _life++;
        }
    }

    private ClientState StateOf(ulong mac) => _awake.TryGetValue(mac, out var awake) ? awake.State : _resting.TryGetValue(mac, out var slot) ? Unpack(new(mac), slot) : new() { Mac = new(mac) };
}
