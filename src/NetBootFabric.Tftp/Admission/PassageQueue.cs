using NetBootFabric.Boot.Storms;

namespace NetBootFabric.Tftp.Admission;

/// <summary>
/// Who waits, in the order in which they get room: what must be repeated first, then whoever has waited too long, else the racks in turn
/// and the oldest of each. One thread.
/// </summary>
/// <param name="patience">Who has waited so long comes before all turns.</param>
internal sealed class PassageQueue(TimeSpan patience)
{
    private readonly RackLines<Passage> _lines = new();
    private readonly LinkedList<Passage> _order = new(), _urgent = new();

    public int Count => _order.Count;

    public void Add(Passage passage, bool urgent, TimeSpan now)
    {
        passage.WaitsSince = now;
        _order.AddLast(passage.InOrder);
        if (urgent) _urgent.AddLast(passage.InLine);
        else _lines.Add(passage.InLine, passage.Rack);
    }

    /// <summary>Null: nobody waits.</summary>
    public Passage? Take(TimeSpan now)
    {
        if (_order.First is not { Value: var oldest }) return null;
        var next = _urgent.First?.Value ?? (now - oldest.WaitsSince >= patience ? oldest : _lines.Next()!.Value);
        Remove(next);
        return next;
    }

    /// <summary>Does nothing for one that does not wait here.</summary>
    public void Remove(Passage passage)
    {
        if (passage.InOrder.List != _order) return;
        _order.Remove(passage.InOrder);
        if (passage.InLine.List == _urgent) _urgent.Remove(passage.InLine);
        else _lines.Remove(passage.InLine);
    }
}
