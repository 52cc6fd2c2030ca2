namespace NetBootFabric.Actors.Remote;

/// <summary>Links between members in memory, for tests and simulations: slow, lossy, cut. Frames of one sender to one receiver keep their order.</summary>
public sealed class SimulatedNetwork(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, SimulatedTransport> _nodes = [];
    private readonly HashSet<(string, string)> _cut = [];

    /// <summary>How long a frame is under way, by sender and receiver. A later frame of the same link does not overtake an earlier one.</summary>
    public Func<string, string, TimeSpan>? Delay { get; set; }

    /// <summary>True: the frame from sender to receiver is lost.</summary>
    public Func<string, string, bool>? Loses { get; set; }

    /// <summary>True: the frame arrives twice, which no transport should do.</summary>
    public Func<string, string, bool>? Duplicates { get; set; }

    /// <summary>Frames that arrived.</summary>
    public long Delivered { get; private set; }

    internal TimeProvider Time => time;

    /// <summary>A node's transport; what arrives is handed over on the dispatcher, so that a paused node gets it later. One of the same name is replaced: its process is dead.</summary>
    public SimulatedTransport Attach(string name, MessageDispatcher dispatcher)
    {
        SimulatedTransport? before;
        var transport = new SimulatedTransport(this, name, dispatcher);
        lock (_gate)
        {
            _nodes.TryGetValue(name, out before);
            _nodes[name] = transport;
        }
        before?.Close();
        NoteLinks();
        return transport;
    }

    /// <summary>Breaks the link between two nodes: what is under way is lost.</summary>
    public void Cut(string one, string other)
    {
        lock (_gate) _cut.Add(Pair(one, other));
        NoteLinks();
    }

    public void Mend(string one, string other)
    {
        lock (_gate) _cut.Remove(Pair(one, other));
        NoteLinks();
    }

    /// <summary>Breaks all links of a node.</summary>
    public void Isolate(string node)
    {
        lock (_gate)
        {
            foreach (var other in _nodes.Keys.Where(other => other != node)) _cut.Add(Pair(node, other));
        }
        NoteLinks();
    }

    /// <summary>Mends all links.</summary>
    public void MendAll()
    {
        lock (_gate) _cut.Clear();
        NoteLinks();
    }

    /// <summary>The other end of a link that is up: both know each other as peers, and nothing is cut.</summary>
    internal SimulatedTransport? Reach(SimulatedTransport from, string to)
    {
        lock (_gate)
        {
            if (_cut.Contains(Pair(from.Name, to)) || !_nodes.TryGetValue(to, out var other)) return null;
            return from.Knows(to) && other.Knows(from.Name) && ReferenceEquals(_nodes.GetValueOrDefault(from.Name), from) ? other : null;
        }
    }

    internal void Remove(SimulatedTransport transport)
    {
        lock (_gate)
        {
            if (ReferenceEquals(_nodes.GetValueOrDefault(transport.Name), transport)) _nodes.Remove(transport.Name);
        }
        NoteLinks();
    }

    internal void NoteLinks()
    {
        List<SimulatedTransport> nodes;
        lock (_gate) nodes = [.. _nodes.Values];
        foreach (var node in nodes) node.NoteLinks();
    }

    internal void CountDelivery()
    {
        lock (_gate) Delivered++;
    }

    private static (string, string) Pair(string one, string other) => string.CompareOrdinal(one, other) < 0 ? (one, other) : (other, one);
}
