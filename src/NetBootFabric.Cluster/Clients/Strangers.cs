using System.Collections.Concurrent;

namespace NetBootFabric.Cluster.Clients;

/// <summary>
/// Machines in memory of which nothing is known but a MAC address: no node entry, no lease, no history. Anybody on the network can make up
/// MAC addresses; a real machine is bound within seconds. The latest ones have a place; the one before them gives way, and is known again
/// by its offer when it goes on after all.
/// </summary>
/// <param name="places">More than the machines of a large room that are all new: some 4 KB each.</param>
public sealed class Strangers(int places)
{
    private readonly ConcurrentQueue<Place> _places = new();
    private int _count;

    internal Place Enter(IActorRef stranger)
    {
        var place = new Place { Actor = stranger };
        _places.Enqueue(place);
        if (Interlocked.Increment(ref _count) > places && _places.TryDequeue(out var oldest))
        {
            Interlocked.Decrement(ref _count);
            oldest.Actor?.Tell(GiveWay.Instance, ActorRefs.NoSender);
        }
        return place;
    }

    /// <summary>Emptied when the machine is bound or its actor ends, so that no dead actor stays in memory.</summary>
    internal sealed class Place
    {
        public volatile IActorRef? Actor;
    }

    internal sealed record GiveWay
    {
        public static GiveWay Instance { get; } = new();
    }
}
