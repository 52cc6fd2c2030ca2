namespace NetBootFabric.Boot.Storms;

/// <summary>Who waits: in order within a rack, and the racks in turn. Each waiter has one node, so that nothing is allocated once a rack is known. Not for two threads at a time.</summary>
public sealed class RackLines<T>
{
    private readonly Dictionary<int, Line> _lines = [];
    private readonly Queue<Line> _turns = new(); // each line that somebody waits in, once

    public int Count { get; private set; }

    /// <param name="first">Before the others of its rack: it had its turn already.</param>
    public void Add(LinkedListNode<T> waiter, int rack, bool first = false)
    {
        if (!_lines.TryGetValue(rack, out var line)) _lines.Add(rack, line = new Line());
        if (first) line.Waiting.AddFirst(waiter);
        else line.Waiting.AddLast(waiter);
        Count++;
        if (line.HasTurn) return;
        line.HasTurn = true;
        _turns.Enqueue(line);
    }

    /// <summary>Whose turn it is, which then is the next rack's. It waits until it is removed. Null: nobody waits.</summary>
    public LinkedListNode<T>? Next()
    {
        while (_turns.TryDequeue(out var line))
        {
            if (line.Waiting.First is { } first)
            {
                _turns.Enqueue(line);
                return first;
            }
            line.HasTurn = false; // those who stood in it left otherwise
        }
        return null;
    }

    /// <param name="waiter">Waits here.</param>
    public void Remove(LinkedListNode<T> waiter)
    {
        waiter.List!.Remove(waiter);
        Count--;
    }

    private sealed class Line
    {
        public LinkedList<T> Waiting { get; } = new();
        public bool HasTurn { get; set; }
    }
}
