using NetBootFabric.Tftp.Admission;

namespace NetBootFabric.Tftp.Tests.Admission;

/// <summary>A server's governor, many clients and a bottleneck in virtual time. All ask at once.</summary>
internal sealed class StormModel
{
    private readonly PriorityQueue<Action, (TimeSpan At, int Order)> _events = new();
    private readonly Random _random;
    private int _order;

    public StormModel(Bottleneck link, int clients, ModelFile file, int lanes = 2, Func<int, int>? rackOf = null, int seed = 1)
    {
        (Link, _random) = (link, new Random(seed));
        for (var lane = 0; lane < lanes; lane++)
        {
            var joined = lane;
            Governor.Join(() => After(TimeSpan.FromMilliseconds(0.02), () => Resume(joined)));
        }
        Clients = [.. Enumerable.Range(0, clients).Select(i => new ModelClient(this, i % lanes, rackOf?.Invoke(i) ?? 0, file))];
        Left = clients;
        Glance();
        foreach (var client in Clients) After(TimeSpan.FromMilliseconds(_random.NextDouble()), client.Ask);
    }

    public TransferGovernor Governor { get; } = new();
    public Bottleneck Link { get; }
    public ModelClient[] Clients { get; }
    public TimeSpan Now { get; private set; }
    public int Left { get; set; }
    public int Done => Clients.Count(static client => client.IsDone);

    /// <summary>Of what the link could have carried in this time, what arrived and was new.</summary>
    public double Goodput => Clients.Sum(static client => client.Octets) / (Now.TotalSeconds * Link.Rate);

    /// <summary>The longest time that a client heard nothing between two packets of its transfer.</summary>
    public TimeSpan LongestSilence => Clients.Max(static client => client.LongestSilence);

    /// <summary>Until all have what they want, or the limit.</summary>
    public void Run(TimeSpan limit)
    {
        while (_events.TryDequeue(out var action, out var due) && due.At <= limit)
        {
            Now = due.At;
            action();
            for (var lane = 0; lane < 2; lane++) Resume(lane);
            if (Left == 0) return;
        }
    }

    private void Glance() => After(TimeSpan.FromMilliseconds(2), Glance); // a worker that waits for nothing else

    public void After(TimeSpan wait, Action action) => _events.Enqueue(action, (Now + wait, _order++));

    /// <summary>To a client, that needs a moment for it.</summary>
    public void Carry(int octets, Action arrival)
    {
        if (Link.Carry(octets, Now) is { } at) After(at - Now + TimeSpan.FromMilliseconds(0.05 + _random.NextDouble() * 0.1), arrival);
    }

    private void Resume(int lane)
    {
        while (Governor.Take(lane, Now, out var packets) is ModelClient client) client.GoOn(packets);
    }
}

/// <param name="Blocks">Its length.</param>
internal sealed record ModelFile(int Blocks, int BlockSize = 1468, int WindowSize = 1);
