using NetBootFabric.Boot.Rooms;
using NetBootFabric.Simulation.Tests.Clients;
using NetBootFabric.Simulation.Tests.Invariants;
using NetBootFabric.Simulation.Tests.Nodes;
using NetBootFabric.Wire;

namespace NetBootFabric.Simulation.Tests;

/// <summary>Everything of one seed: clock, network, database, the head nodes, the machines. One thread; the same seed gives the same run.</summary>
internal sealed partial class World
{
    private readonly DeterministicRuntime _runtime;
    private string? _broken;
    private int _stepsToCrash = -1;
    private Head? _doomed;

    public World(int seed, bool isCluster, Plants.Plant? plant = null)
    {
        Seed = seed;
        Plant = plant ?? new Plants.Plant();
        _runtime = new DeterministicRuntime(seed);
        Random = new Random(seed);
        Plan = Plant.Shape(isCluster ? Plan.DrawCluster(Random) : Plan.Draw(Random));
        Room = Plan.Room();
        Network = new Network(this);
        Database = new Database(this, Plant.Rows());
        Ledger = new Ledger(this);
        Broadcasts = new Broadcasts(this);
        Faults = new Faults(this);
        Links = new SimulatedNetwork(Time) { Delay = (_, _) => Between(0.0002, IsCalm ? 0.001 : 0.02), Loses = Faults.Loses };
        Machines = [.. Enumerable.Range(0, Plan.Machines).Select(number => new Machine(this, number))];
        Heads = [.. Enumerable.Range(0, Plan.Heads).Select(number => new Head(this, number))];
        foreach (var head in Heads) head.Start();
    }

    public int Seed { get; }
    public Plants.Plant Plant { get; }
    public Random Random { get; }
    public Plan Plan { get; }
    public Room Room { get; }
    public Trace Trace { get; } = new();
    public Network Network { get; }
    public Database Database { get; }
    public Ledger Ledger { get; }
    public Broadcasts Broadcasts { get; }
    public Faults Faults { get; }

    /// <summary>Between the head nodes.</summary>
    public SimulatedNetwork Links { get; }
    public IReadOnlyList<Machine> Machines { get; }
    public IReadOnlyList<Head> Heads { get; private set; } = [];
    public VirtualTimeProvider Time => _runtime.TimeProvider;
    public DateTimeOffset Now => Time.GetUtcNow();

    /// <summary>No faults, and machines stay where they are.</summary>
    public bool IsCalm { get; set; }

    /// <summary>An address that somebody uses who asked nobody; null when there is none.</summary>
    public Ipv4Address? Intruder { get; set; }

    /// <summary>Every address that was ever used so.</summary>
    public HashSet<Ipv4Address> Disputed { get; } = [];

    public Machine MachineOf(MacAddress mac) => Machines[Machine.NumberOf(mac)];

    public TimeSpan Between(double seconds, double moreSeconds) => TimeSpan.FromSeconds(seconds + Random.NextDouble() * (moreSeconds - seconds));

    public bool Chance(double share) => share > 0 && Random.NextDouble() < share;

    public T OneOf<T>(IReadOnlyList<T> some) => some[Random.Next(some.Count)];

    public void Note(string what, MacAddress client = default, Ipv4Address address = default, uint number = 0) => Trace.Note(Time.Elapsed, what, client, address, number);

    public ITimer After(TimeSpan time, Action action) => Time.CreateTimer(static state => ((Action)state!)(), action, time, Timeout.InfiniteTimeSpan);

    /// <summary>An invariant is broken; the first one counts. Not thrown here: an actor's supervisor would take it for the actor's own failure.</summary>
    public void Broken(string what)
    {
        _broken ??= what;
        Note($"BROKEN: {what}");
    }

    /// <summary>kill -9 after so many more steps, a step being one message handled or one timer that rang.</summary>
    public void CrashIn(int steps, Head? head = null) => (_stepsToCrash, _doomed) = (steps, head);

    /// <summary>Lets time pass until the condition holds; false when <paramref name="limit"/> was over first.</summary>
    /// <exception cref="SimulationFailure">An invariant was broken.</exception>
    public bool Run(TimeSpan limit, Func<bool> until)
    {
        var end = Time.Elapsed + limit;
        RunReady();
        while (!until())
        {
            if (!Time.Step(end)) return until();
            CountStep();
            RunReady();
        }
        return true;
    }

    public void Run(TimeSpan time) => Run(time, static () => false);

    public SimulationFailure Failure(string what) => new(this, what);

    private void RunReady()
    {
        for (var steps = 0; RunOne(); CountStep())
            if (++steps > 100_000) throw Failure("never idle: something goes round in circles");
        if (_broken is { } what) throw Failure(what);
    }

    private void CountStep()
    {
        if (_stepsToCrash >= 0 && _stepsToCrash-- == 0) _doomed?.Crash();
    }
}
