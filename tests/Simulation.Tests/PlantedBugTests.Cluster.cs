using NetBootFabric.Simulation.Tests.Plants;

namespace NetBootFabric.Simulation.Tests;

public sealed partial class PlantedBugTests
{
    [Fact]
    public void An_ACK_before_its_commit_is_caught_in_a_cluster() => AssertCaught(Seeds.OfClusters, new AckBeforeCommit(), within: 5, "is not stored");

    [Fact]
    public void A_database_that_skips_the_epoch_check_is_caught() => AssertCaught(Seeds.OfClusters, new NoFences(), within: 300, "wrote a lease");

    [Fact]
    public void A_head_node_that_goes_on_answering_for_what_it_owned_once_is_caught() => AssertCaught(Seeds.OfClusters, new StubbornOwner(), within: 100, "");

    [Fact]
    public void A_head_node_that_ignores_that_it_was_fenced_is_caught() => AssertCaught(Seeds.OfClusters, new DeafToFences(), within: 100, "");
}
