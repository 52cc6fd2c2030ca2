using System.Collections.Concurrent;
using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Flight;

/// <summary>All recordings and their rings: who gets one, and who gives way for it. Every change is made under one lock, which packets of clients with a ring don't take.</summary>
internal sealed class FlightShelf(FlightLimits limits, Predicate<MacAddress> isKnown)
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<MacAddress, ClientFlight> _flights = new();
    private readonly LinkedList<ClientFlight>[] _turns = [new(), new(), new()];
    private readonly LinkedList<ClientFlight> _failed = new();
    private readonly Stack<Memory<byte>> _free = new();

    /// <summary>
    /// All rings in one piece: one made with each client would be moved twice by the garbage collector, in the middle of a storm. The system gives the memory when it is first written to.
    /// </summary>
    private readonly Memory<byte> _octets = GC.AllocateUninitializedArray<byte>(limits.Ring * limits.Rings);
    private int _rings;

    public int Count => _flights.Count;

    /// <summary>Rings made so far; never more than the limit.</summary>
    public int Rings => _rings;

    public ClientFlight? Find(MacAddress client) => _flights.GetValueOrDefault(client);

    /// <summary>Gives the client a ring when it has none. Null: everything is taken by clients that matter more.</summary>
    public ClientFlight? Open(MacAddress client)
    {
        lock (_gate)
        {
            var flight = _flights.GetValueOrDefault(client);
            if (flight?.Current is not null) return flight;
            var place = flight?.Place ?? (isKnown(client) ? FlightPlace.Going : FlightPlace.Stranger);
            if (!TryRent(place, flight, out var octets)) return null;
            if (flight is null) _flights[client] = flight = new ClientFlight(client) { Place = place };
            lock (flight.Gate) flight.Current = new FlightRing(octets);
            TakeTurn(flight, place);
            return flight;
        }
    }

    /// <summary>What is now known of the client puts it at the end of that line.</summary>
    public void Move(ClientFlight flight, FlightPlace place)
    {
        lock (_gate)
        {
            if (flight.Place != place) TakeTurn(flight, place);
        }
    }

    /// <summary>Sets the recording so far aside as that of a failed boot, in place of an older one.</summary>
    /// <param name="keep">Octets that go on in a new ring: they are of the next boot already. Empty: none.</param>
    public void Freeze(ClientFlight flight, long boot, Func<FlightRing, byte[]>? keep = null)
    {
        byte[] later = [];
        lock (_gate)
        {
            if (flight.Current is not { IsEmpty: false } current) return;
            Release(flight, flight.Failed);
            if (_failed.Count >= limits.Failed) DropFailed(_failed.First!.Value);
            lock (flight.Gate)
            {
                later = keep?.Invoke(current) ?? [];
                (flight.Failed, flight.FailedBoot, flight.Current) = (current, boot, null);
            }
            flight.FailedTurn = _failed.AddLast(flight);
            TakeTurn(flight, flight.Place);
        }
        if (later.Length > 0 && Open(flight.Client) is { } opened)
            lock (opened.Gate) opened.Current?.Append(later, []);
    }

    private void TakeTurn(ClientFlight flight, FlightPlace place)
    {
        var turn = flight.Turn ?? new LinkedListNode<ClientFlight>(flight);
        turn.List?.Remove(turn);
        flight.Place = place;
        flight.Turn = flight.Current is null ? null : turn;
        if (flight.Current is not null) _turns[(int)place].AddLast(turn);
    }

    private bool TryRent(FlightPlace place, ClientFlight? asker, out Memory<byte> octets)
    {
        if (place == FlightPlace.Stranger && _turns[(int)place].Count >= limits.Strangers) Withdraw(_turns[(int)place].First!.Value);
        if (_free.Count == 0 && _rings < limits.Rings)
        {
            octets = _octets.Slice(_rings++ * limits.Ring, limits.Ring);
            return true;
        }
        if (_free.Count == 0) MakeRoom(place, asker);
        return _free.TryPop(out octets);
    }

    private void MakeRoom(FlightPlace place, ClientFlight? asker)
    {
        foreach (var each in (ReadOnlySpan<FlightPlace>)[FlightPlace.Booted, FlightPlace.Stranger])
        {
            if (_turns[(int)each].First is not { } oldest) continue;
            Withdraw(oldest.Value);
            return;
        }
        if (place == FlightPlace.Stranger) return;
        if (_failed.First is { } failed && failed.Value != asker) DropFailed(failed.Value);
        else if (_turns[(int)FlightPlace.Going].First is { } going) Withdraw(going.Value);
    }

    /// <summary>Its ring gives way; a failed boot's stays.</summary>
    private void Withdraw(ClientFlight flight)
    {
        flight.Turn?.List?.Remove(flight.Turn);
        flight.Turn = null;
        FlightRing? ring;
        lock (flight.Gate) (ring, flight.Current) = (flight.Current, null);
        Return(ring);
        Forget(flight);
    }

    private void DropFailed(ClientFlight flight)
    {
        Release(flight, flight.Failed);
        Forget(flight);
    }

    private void Release(ClientFlight flight, FlightRing? failed)
    {
        if (failed is null) return;
        if (flight.FailedTurn is { } turn) _failed.Remove(turn);
        flight.FailedTurn = null;
        lock (flight.Gate) (flight.Failed, flight.FailedBoot) = (null, 0);
        Return(failed);
    }

    private void Return(FlightRing? ring)
    {
        if (ring is not null) _free.Push(ring.Octets);
    }

    private void Forget(ClientFlight flight)
    {
        if (flight.Current is null && flight.Failed is null) _flights.TryRemove(flight.Client, out _);
    }
}
