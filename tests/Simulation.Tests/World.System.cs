using NetBootFabric.Simulation.Tests.Nodes;

namespace NetBootFabric.Simulation.Tests;

internal sealed partial class World
{
    public DeterministicRuntime Runtime => _runtime;

    public Gossip Gossip => field ??= new Gossip(this);

    private bool RunOne() => _runtime.RunOne();
}
