using NetBootFabric.Simulation.Tests.Nodes;

namespace NetBootFabric.Simulation.Tests;

/// <summary>What goes wrong where several head nodes are.</summary>
internal sealed partial class Faults
{
    /// <summary>Links over which nothing comes, and nobody notices.</summary>
    private readonly HashSet<(string, string)> _silent = [];

    /// <summary>A frame is lost only where its link breaks afterwards: TLS keeps or breaks, and loses nothing between.</summary>
    public bool Loses(string one, string other) => _silent.Contains((one, other));

    private void EndCluster()
    {
        if (!world.Plan.IsCluster) return;
        foreach (var head in world.Heads)
        {
            head.Link.Become(LinkState.Works);
            head.Resume();
        }
        HealLinks();
    }

    private void StrikeCluster()
    {
        var head = world.OneOf(world.Heads);
        switch (world.Random.Next(8))
        {
            // dead_after is one second: shorter than that, near it, longer.
            case 0: Pause(head, world.Between(0.1, 0.9)); break;
            case 1: Pause(head, world.Between(0.8, 2)); break;
            case 2: Pause(head, world.Between(2, 20)); break;
            case 3: Link(head, LinkState.Cut, world.Between(0.2, 15)); break;
            case 4: Link(head, LinkState.Hangs, world.Between(0.2, 15)); break;
            case 5: Partition(world.Between(0.5, 15)); break;
            case 6: Isolate(head, world.Between(0.5, 15)); break;
            default:
                head.Leave();
                RestartLater(head);
                break;
        }
    }

    private void Pause(Head head, TimeSpan time)
    {
        head.Pause();
        world.After(time, head.Resume);
    }

    private void Link(Head head, LinkState state, TimeSpan time)
    {
        world.Note($"{head.Name}'s way to the database: {state}");
        head.Link.Become(state);
        world.After(time, () =>
        {
            world.Note($"{head.Name}'s way to the database works");
            head.Link.Become(LinkState.Works);
        });
    }

    /// <summary>Some head nodes don't hear the others.</summary>
    private void Partition(TimeSpan time)
    {
        var there = world.Heads.Where(_ => world.Random.Next(2) == 0).ToHashSet();
        var here = world.Heads.Except(there).ToList();
        world.Note($"partition: {string.Join(' ', there.Select(head => head.Name))} apart");
        var isNoticed = world.Random.Next(2) == 0;
        foreach (var one in there)
            foreach (var other in here) Separate(one, other, isNoticed);
        world.After(time, HealLinks);
    }

    /// <summary>Cut off from the others and from the database.</summary>
    private void Isolate(Head head, TimeSpan time)
    {
        var isNoticed = world.Random.Next(2) == 0;
        foreach (var other in world.Heads.Where(other => other != head)) Separate(head, other, isNoticed);
        world.After(time, HealLinks);
        Link(head, LinkState.Cut, time);
    }

    private void Separate(Head one, Head other, bool isNoticed)
    {
        if (isNoticed)
        {
            world.Links.Cut(one.Name, other.Name);
            return;
        }
        _silent.Add((one.Name, other.Name));
        _silent.Add((other.Name, one.Name));
    }

    private void HealLinks()
    {
        world.Note("links work");
        foreach (var (one, other) in _silent) world.Links.Cut(one, other);
        _silent.Clear();
        world.Links.MendAll();
    }
}
