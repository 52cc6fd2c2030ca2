using System.Collections.Frozen;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Simulation.Tests.Clients;
using NetBootFabric.Wire;

namespace NetBootFabric.Simulation.Tests;

/// <summary>What one seed's world is like: how large, how long, how faulty. Everything is drawn from the seed.</summary>
internal sealed record Plan
{
    public const int HeadRoom = 6;
    public static readonly Ipv4Address RelayAgent = Ipv4Address.Parse("10.77.0.254");
    private static readonly Ipv4Address FirstServer = Ipv4Address.Parse("10.77.0.1");
    private static readonly Ipv4Address FirstFixed = Ipv4Address.Parse("10.77.0.11");
    private static readonly Ipv4Address FirstOfPool = Ipv4Address.Parse("10.77.1.0");

    public required int Machines { get; init; }
    public required int Fixed { get; init; }
    public required int PoolSize { get; init; }
    public required TimeSpan Lease { get; init; }

    /// <summary>How long faults happen.</summary>
    public required TimeSpan Trouble { get; init; }
    public required TimeSpan BetweenFaults { get; init; }

    /// <summary>Shares of packets, 0 to 1.</summary>
    public required double Loss { get; init; }
    public required double Duplication { get; init; }
    public required double Reordering { get; init; }

    /// <summary>The usual time of one write.</summary>
    public required TimeSpan WriteTime { get; init; }

    /// <summary>Of the writes that fail, how many are on disk all the same: the answer was lost, not the write.</summary>
    public required double WrittenThoughFailed { get; init; }

    /// <summary>False: one head node that is alone, with a database of its own.</summary>
    public bool IsCluster { get; init; }
    public int Heads { get; init; } = 1;

    /// <summary>The head nodes' clocks are wrong by up to this.</summary>
    public TimeSpan Skew { get; init; }

    /// <summary>How many machines are behind a relay agent.</summary>
    public int Relayed { get; init; }

    public bool RelaysToAll { get; init; }

    public static Plan DrawCluster(Random random) => Draw(random) with
    {
        IsCluster = true,
        Heads = random.Next(1, 6),
        Lease = TimeSpan.FromSeconds(random.Next(2) == 0 ? 120 : 600),
        Trouble = TimeSpan.FromSeconds(random.Next(30, 150)),
        BetweenFaults = TimeSpan.FromSeconds(random.Next(2, 20)),
        Skew = random.Next(2) == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(random.NextDouble() * 2),
        Relayed = random.Next(3) == 0 ? random.Next(1, 4) : 0,
        RelaysToAll = random.Next(2) == 0,
    };

    public static Plan Draw(Random random)
    {
        var machines = random.Next(3, 13);
        var fixedOnes = random.Next(3) == 0 ? random.Next(1, 3) : 0;
        // A third of the rooms is too small by up to two addresses or exact; the others have some room.
        var spare = random.Next(3) == 0 ? random.Next(-2, 1) : random.Next(1, HeadRoom);
        return new Plan
        {
            Machines = machines,
            Fixed = fixedOnes,
            PoolSize = Math.Max(1, machines - fixedOnes + spare),
            Lease = TimeSpan.FromSeconds(random.Next(3) switch { 0 => 120, 1 => 600, _ => 3600 }),
            Trouble = TimeSpan.FromSeconds(random.Next(60, 400)),
            BetweenFaults = TimeSpan.FromSeconds(random.Next(5, 60)),
            Loss = random.Next(2) == 0 ? 0 : random.NextDouble() * 0.3,
            Duplication = random.Next(2) == 0 ? 0 : random.NextDouble() * 0.2,
            Reordering = random.Next(2) == 0 ? 0 : random.NextDouble() * 0.2,
            WriteTime = TimeSpan.FromMilliseconds(random.Next(1, 20)),
            WrittenThoughFailed = random.Next(4) == 0 ? 0.5 : 0,
        };
    }

    public static Ipv4Address ServerOf(int head) => new(FirstServer.Value + (uint)head);

    public Ipv4Address PoolAddress(int index) => new(FirstOfPool.Value + (uint)index);

    public Ipv4Address? FixedAddress(int machine) => machine < Fixed ? new(FirstFixed.Value + (uint)machine) : null;

    public Room Room() => new()
    {
        Subnets = [new Subnet { Network = Ipv4Network.Parse("10.77.0.0/16"), Ranges = [new(PoolAddress(0), PoolAddress(PoolSize - 1))], LeaseTime = Lease }],
        Profiles = FrozenDictionary.ToFrozenDictionary([KeyValuePair.Create("default", new Profile { Name = "default", Kernel = "vmlinuz", Initrds = ["initrd.img"] })]),
        Nodes = Enumerable.Range(0, Fixed).Select(Entry).ToFrozenDictionary(entry => entry.Mac),
        FixedAddresses = Enumerable.Range(0, Fixed).Select(Entry).ToFrozenDictionary(entry => entry.Address!.Value, entry => entry.Mac),
    };

    private NodeEntry Entry(int machine) => new() { Mac = Machine.MacOf(machine), Name = $"n{machine:d3}", Address = FixedAddress(machine) };
}
