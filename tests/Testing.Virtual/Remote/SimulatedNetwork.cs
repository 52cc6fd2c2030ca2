namespace NetBootFabric.Testing.Virtual;

/// <summary>Links between the systems of simulated hosts: slow, lossy, cut. Messages of one host to another keep their order, as over one connection.</summary>
public sealed class SimulatedNetwork(TimeProvider time)
{
    private readonly Dictionary<string, SimulatedHost> _hosts = [];
    private readonly HashSet<(string, string)> _cut = [];

    /// <summary>How long a message is under way, by sender and receiver. A later message of the same link does not overtake an earlier one.</summary>
    public Func<string, string, TimeSpan> Delay { get; set; } = static (_, _) => TimeSpan.Zero;

    /// <summary>True: the message from sender to receiver is lost.</summary>
    public Func<string, string, bool> Loses { get; set; } = static (_, _) => false;

    internal TimeProvider Time => time;

    /// <summary>A set-up of the system that is to be reached at <c>name:port</c>. One of the same name is replaced: its process is dead.</summary>
    public SimulatedHost Attach(string name, SimulatedNode node) => _hosts[name] = new SimulatedHost(this, name, node);

    /// <summary>Whether a connection between two hosts would hold.</summary>
    public bool IsCut(string one, string other) => _cut.Contains(Pair(one, other));

    /// <summary>Breaks the link between two hosts: what is under way is lost.</summary>
    public void Cut(string one, string other) => _cut.Add(Pair(one, other));

    /// <summary>Mends all links.</summary>
    public void MendAll() => _cut.Clear();

    /// <summary>Null: nobody is reached there.</summary>
    internal SimulatedHost? Reach(SimulatedHost from, string to) =>
        !IsCut(from.Name, to) && _hosts.GetValueOrDefault(from.Name) == from ? _hosts.GetValueOrDefault(to) : null;

    private static (string, string) Pair(string one, string other) => string.CompareOrdinal(one, other) < 0 ? (one, other) : (other, one);
}
