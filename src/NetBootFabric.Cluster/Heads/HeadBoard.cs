using System.Collections.Concurrent;
using System.Collections.Immutable;
using NetBootFabric.Boot.Heads;
using NetBootFabric.Wire;

namespace NetBootFabric.Cluster.Heads;

/// <summary>
/// What this head node knows of all head nodes, itself included: from their own words. Thread-safe. Load is what a head node said last and the clients that were
/// sent to it since: at a storm's start a thousand machines are told where to load from before the first of them begins.
/// </summary>
public sealed class HeadBoard : IBootHeads
{
    /// <summary>A client that was sent somewhere begins its download within this time, and then the head node's own figure shows it.</summary>
    private static readonly TimeSpan SentTime = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Four times what passes from one word of a head node to the next: the link to it is cut. It lives, but could not ask who a client is that somebody else sends to it.
    /// </summary>
    private static readonly TimeSpan SilentTime = TimeSpan.FromSeconds(2);

    /// <summary>Head nodes fall silent, and clients that were sent somewhere begin there, as time passes: noticed within this.</summary>
    private static readonly TimeSpan FreshTime = TimeSpan.FromMilliseconds(50);

    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, Heard> _facts = new();
    private readonly ConcurrentDictionary<Ipv4Address, SentCount> _sent = new();
    private readonly ConcurrentDictionary<Ipv4Address, bool> _ours = new();
    private ImmutableArray<string> _live = [];

    /// <summary>Grows with everything that changes <see cref="Live"/> but the passing of time.</summary>
    private long _changes;
    private volatile Snapshot? _snapshot;

    /// <param name="scriptByTftp">Head nodes serve TFTP.</param>
    public HeadBoard(TimeProvider time, bool scriptByTftp = true) => (_time, ScriptByTftp) = (time, scriptByTftp);

    public bool ScriptByTftp { get; }

    /// <summary>Everybody that was heard, living or not, by name.</summary>
    public IEnumerable<HeadFacts> All => _facts.Values.Select(heard => heard.Facts).OrderBy(facts => facts.Name, StringComparer.Ordinal);

    /// <remarks>Asked for with every packet, and made anew only after a change, or when time may have made one.</remarks>
    public ImmutableArray<BootHead> Live
    {
        get
        {
            var changes = Volatile.Read(ref _changes);
            if (_snapshot is { } known && known.Changes == changes && _time.GetElapsedTime(known.At) is var age && age >= TimeSpan.Zero && age < FreshTime) return known.Heads;
            var heads = Read();
            _snapshot = new Snapshot(heads, changes, _time.GetTimestamp());
            return heads;
        }
    }

    public bool IsOurs(Ipv4Address server) => _ours.ContainsKey(server);

    public void Sent(Ipv4Address server)
    {
        _sent.GetOrAdd(server, static _ => new SentCount()).Add(_time.GetTimestamp());
        Interlocked.Increment(ref _changes);
    }

    public HeadFacts? Find(string name) => _facts.GetValueOrDefault(name).Facts;

    public void Hear(HeadFacts facts)
    {
        _facts[facts.Name] = new Heard(facts, _time.GetTimestamp());
        Interlocked.Increment(ref _changes);
        foreach (var address in facts.Home.Concat(facts.Held).Concat(facts.Own)) _ours.TryAdd(address, true);
    }

    /// <summary>Who lives now.</summary>
    public void SetLive(IEnumerable<string> names)
    {
        _live = [.. names.Order(StringComparer.Ordinal)];
        Interlocked.Increment(ref _changes);
    }

    private ImmutableArray<BootHead> Read()
    {
        var heads = ImmutableArray.CreateBuilder<BootHead>();
        foreach (var name in _live)
        {
            if (_facts.TryGetValue(name, out var heard)) heads.Add(Head(heard));
        }
        return heads.DrainToImmutable();
    }

    private BootHead Head(in Heard heard)
    {
        var facts = heard.Facts;
        var avoided = facts.Drains || _time.GetElapsedTime(heard.At) > SilentTime;
        return new BootHead(facts.Name, facts.Held, facts.Home, facts.Weight, facts.Transfers + SentTo(facts), avoided);
    }

    private int SentTo(HeadFacts facts)
    {
        var oldest = _time.GetTimestamp() - (long)(SentTime.TotalSeconds * _time.TimestampFrequency);
        var sum = 0;
        foreach (var address in facts.Held)
            if (_sent.TryGetValue(address, out var count)) sum += count.Since(oldest);
        return sum;
    }

    private sealed record Snapshot(ImmutableArray<BootHead> Heads, long Changes, long At);

    private readonly record struct Heard(HeadFacts Facts, long At);

    /// <summary>When clients were sent to one address: eight octets each, for seconds.</summary>
    private sealed class SentCount
    {
        private readonly Queue<long> _times = new();

        public void Add(long now)
        {
            lock (_times)
            {
                if (_times.Count >= 100_000) _times.Dequeue();
                _times.Enqueue(now);
            }
        }

        public int Since(long oldest)
        {
            lock (_times)
            {
                while (_times.TryPeek(out var time) && time < oldest) _times.Dequeue();
                return _times.Count;
            }
        }
    }
}
