using NetBootFabric.Boot.Events;
using NetBootFabric.Simulation.Tests.Nodes;
using NetBootFabric.Wire;

namespace NetBootFabric.Simulation.Tests;

/// <summary>What goes wrong while the trouble lasts, one thing after another, each drawn from the seed.</summary>
internal sealed partial class Faults(World world)
{
    private static readonly MacAddress IntruderMac = MacAddress.Parse("52:54:00:99:00:99");

    public void Begin() => Next();

    /// <summary>Everything works again; what is down starts.</summary>
    public void End()
    {
        world.IsCalm = true;
        world.CrashIn(-1);
        world.Database.Mend();
        world.Intruder = null;
        EndCluster();
        foreach (var head in world.Heads) head.Start();
        world.NoteChange("calm");
    }

    private void Next() => world.After(world.Plan.BetweenFaults * (0.2 + world.Random.NextDouble()), () =>
    {
        if (world.IsCalm) return;
        if (world.Plan.IsCluster && world.Random.Next(2) == 0) StrikeCluster();
        else Strike();
        Next();
    });

    private void Strike()
    {
        switch (world.Random.Next(8))
        {
            case 0 or 1: CrashSoon(); break;
            case 2: Crash(); break;
            case 3: Database("is slow", 0, world.Between(0.1, 8)); break;
            case 4: Database("fails now and then", 0.1 + 0.4 * world.Random.NextDouble(), TimeSpan.Zero); break;
            case 5: Database("takes nothing", 1, TimeSpan.Zero); break;
            case 6: world.OneOf(world.Machines).PowerCycle(); break;
            default: Intrude(); break;
        }
    }

    /// <summary>At any step of what comes next: between a write and its completion, an ACK and its journal entry, in the middle of a recovery.</summary>
    private void CrashSoon()
    {
        var head = world.OneOf(world.Heads);
        world.CrashIn(world.Random.Next(200), head);
        RestartLater(head);
    }

    private void Crash()
    {
        var head = world.OneOf(world.Heads);
        head.Crash();
        RestartLater(head);
    }

    private void RestartLater(Head head) => world.After(world.Between(0.1, 25), head.Start);

    private void Database(string how, double failing, TimeSpan extraTime)
    {
        world.Note($"database {how}");
        world.Database.Worsen(failing, extraTime);
        world.After(world.Between(1, world.Plan.IsCluster ? 20 : 40), () =>
        {
            world.Note("database works");
            world.Database.Mend();
        });
    }

    /// <summary>Somebody takes an address, and answers ARP for it for a while; the watcher sees it when a head node is there to look.</summary>
    private void Intrude()
    {
        var address = world.Plan.PoolAddress(world.Random.Next(world.Plan.PoolSize));
        world.Note("intruder takes", IntruderMac, address);
        world.Intruder = address;
        world.Disputed.Add(address);
        if (world.Random.Next(2) == 0) world.After(world.Between(0, 5), () => See(address));
        world.After(world.Between(5, 60), () => world.Intruder = null);
    }

    private void See(Ipv4Address address)
    {
        if (world.OneOf(world.Heads) is not { Serves: true, Running: { } node }) return;
        world.Note("watcher sees conflict", IntruderMac, address);
        world.Ledger.OnConflict(address);
        node.Events.Report(new ArpObservation(ArpSighting.Conflict, IntruderMac, address, 1, "eth1", world.Now));
    }
}
