namespace NetBootFabric.Tftp.Admission;

/// <summary>
/// Who waits, in the order in which they get room: what must be repeated first, then whoever has waited too long, else the racks in turn
/// and the oldest of each. One thread.
/// </summary>
/// <param name="patience">Who has waited so long comes before all turns.</param>
internal sealed class PassageQueue(TimeSpan patience)
{
    private readonly Dictionary<int, Line> _lines = [];
    private readonly Queue<Line> _turns = new();
    private readonly LinkedList<Passage> _order = new(), _urgent = new();

    public int Count => _order.Count;

    public void Add(Passage passage, bool urgent, TimeSpan now)
    {
        passage.WaitsSince = now;
        _order.AddLast(passage.InOrder);
        if (urgent) _urgent.AddLast(passage.InLine);
        else LineOf(passage.Rack).Add(passage, _turns);
    }

    /// <summary>Null: nobody waits.</summary>
    public Passage? Take(TimeSpan now)
    {
        if (_order.First is not { Value: var oldest }) return null;
        var next = _urgent.First?.Value ?? (now - oldest.WaitsSince >= patience ? oldest : InTurn());
        Remove(next);
        return next;
    }

    /// <summary>Does nothing for one that does not wait here.</summary>
    public void Remove(Passage passage)
    {
        if (passage.InOrder.List != _order) return;
        _order.Remove(passage.InOrder);
        passage.InLine.List!.Remove(passage.InLine);
    }

    private Passage InTurn()
    {
        while (true)
        {
            var line = _turns.Dequeue();
            if (line.Waiting.First is { Value: var first })
            {
                _turns.Enqueue(line);
                return first;
            }
            line.HasTurn = false; // those who stood in it left otherwise
        }
    }

    private Line LineOf(int rack)
    {
        if (!_lines.TryGetValue(rack, out var line)) _lines.Add(rack, line = new Line());
        return line;
    }

    private sealed class Line
    {
        public LinkedList<Passage> Waiting { get; } = new();
        public bool HasTurn { get; set; }

        public void Add(Passage passage, Queue<Line> turns)
        {
            Waiting.AddLast(passage.InLine);
            if (HasTurn) return;
            HasTurn = true;
            turns.Enqueue(this);
        }
    }
}
