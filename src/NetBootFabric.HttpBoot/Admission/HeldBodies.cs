namespace NetBootFabric.HttpBoot.Admission;

/// <summary>Who waits: in order within a rack, and the racks in turn.</summary>
internal sealed class HeldBodies
{
    private readonly Dictionary<int, LinkedList<BodyTicket>> _racks = [];
    private readonly Queue<int> _turns = new(); // each rack that somebody waits in, once

    public int Count { get; private set; }

    /// <param name="first">Before the others of its rack: it had its turn already.</param>
    public void Add(BodyTicket ticket, bool first = false)
    {
        if (!_racks.TryGetValue(ticket.Rack, out var rack)) _racks[ticket.Rack] = rack = new();
        if (rack.Count == 0 && !_turns.Contains(ticket.Rack)) _turns.Enqueue(ticket.Rack);
        ticket.Place = first ? rack.AddFirst(ticket) : rack.AddLast(ticket);
        Count++;
    }

    public void Remove(BodyTicket ticket)
    {
        _racks[ticket.Rack].Remove(ticket.Place!);
        ticket.Place = null;
        Count--;
    }

    /// <summary>Null: nobody waits.</summary>
    public BodyTicket? Next()
    {
        while (_turns.TryDequeue(out var number))
        {
            var rack = _racks[number];
            if (rack.First is not { Value: var ticket }) // the last one in it left by itself
            {
                _racks.Remove(number);
                continue;
            }
            Remove(ticket);
            if (rack.Count > 0) _turns.Enqueue(number);
            else _racks.Remove(number);
            return ticket;
        }
        return null;
    }
}
