namespace NetBootFabric.Simulation.Tests;

public sealed partial class SimulationTests
{
    [Fact]
    public void Whatever_happens_to_a_cluster_no_promise_is_broken_and_everybody_boots() => Check(Seeds.OfClusters);
}
