namespace NetBootFabric.Simulation.Tests;

internal sealed partial class World
{
    public DeterministicRuntime Runtime => _runtime;

    private bool RunOne() => _runtime.RunOne();
}
