using System.Collections.Immutable;
using NetBootFabric.Boot.Clients;

namespace NetBootFabric.Cluster.Heads;

/// <summary>Where those who watch the whole fabric at this head node hear of phases that clients of other head nodes enter. Thread-safe.</summary>
public sealed class PhaseExchange
{
    private ImmutableList<Action<string>> _readers = [];

    /// <summary>The other head nodes are asked for their phases while it is so.</summary>
    public bool HasReaders => !_readers.IsEmpty;

    /// <summary>Calls <paramref name="reader"/> with each event, as the admin API writes it. Dispose to end.</summary>
    public IDisposable Read(Action<string> reader)
    {
        ImmutableInterlocked.Update(ref _readers, readers => readers.Add(reader));
        return new Reading(() => ImmutableInterlocked.Update(ref _readers, readers => readers.Remove(reader)));
    }

    public void Hear(PhaseBulletin bulletin)
    {
        foreach (var reader in _readers)
            foreach (var entered in bulletin.Events) reader(entered);
    }

    private sealed class Reading(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}

/// <summary>What a head node tells those who follow its clients' phases.</summary>
internal sealed class PhaseFollowers(TimeProvider time, Func<ClientState, string> describe)
{
    /// <summary>Who follows says so again within it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Events of half a second of a storm; more are not shown.</summary>
    private const int Most = 8192;

    private readonly Dictionary<IActorRef, long> _followers = [];
    private readonly List<ClientState> _entered = [];
    private volatile bool _any;

    public void Follow(IActorRef follower)
    {
        lock (_followers) _followers[follower] = time.GetTimestamp();
        _any = true;
    }

    /// <summary>From the client's own thread.</summary>
    public void Enter(ClientState state)
    {
        if (!_any) return;
        lock (_entered)
        {
            if (_entered.Count < Most) _entered.Add(state);
        }
    }

    public void Tell(IActorRef self)
    {
        if (!_any) return;
        ImmutableArray<string> events;
        lock (_entered)
        {
            events = [.. _entered.Select(describe)];
            _entered.Clear();
        }
        foreach (var follower in Living())
            if (events.Length > 0) follower.Tell(new PhaseBulletin(events), self);
    }

    private List<IActorRef> Living()
    {
        lock (_followers)
        {
            foreach (var (follower, since) in _followers.ToList())
                if (time.GetElapsedTime(since) > Patience) _followers.Remove(follower);
            _any = _followers.Count > 0;
            return [.. _followers.Keys];
        }
    }
}
