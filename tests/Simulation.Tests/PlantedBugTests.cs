using NetBootFabric.Simulation.Tests.Plants;

namespace NetBootFabric.Simulation.Tests;

/// <summary>A simulation that can't fail proves nothing: each of these mistakes must show within so many seeds.</summary>
public sealed partial class PlantedBugTests
{
    [Fact]
    public void An_ACK_before_its_commit_is_caught() => AssertCaught(new AckBeforeCommit(), within: 5, "is not stored");

    [Fact]
    public void A_store_without_the_unique_key_is_caught_where_the_lease_book_errs()
    {
        Assert.Contains(StoredTwice(new NoUniqueKey()), twice => twice);
        Assert.DoesNotContain(StoredTwice(new ForgottenLease()), twice => twice);

        static IEnumerable<bool> StoredTwice(Plant plant) =>
            Enumerable.Range(1, 100).Select(seed => Seeds.OfOne.Try(seed, plant)?.What.Contains("is stored for", StringComparison.Ordinal) == true);
    }

    [Fact]
    public void A_lease_book_that_forgets_a_running_lease_is_caught() => AssertCaught(new ForgottenLease(), within: 50, "");

    [Fact]
    public void A_lane_that_loses_REQUESTs_for_ever_is_caught() => AssertCaught(new LostRequests(), within: 10, "not up");

    [Fact]
    public void A_NAK_in_SELECTING_is_caught() => AssertCaught(new NakInSelecting(), within: 300, "NAK");

    [Fact]
    public void A_failure_replays()
    {
        var plant = new AckBeforeCommit();
        var seed = Enumerable.Range(1, 5).First(seed => Seeds.OfOne.Try(seed, plant) is not null);
        Assert.Equal(Seeds.OfOne.Try(seed, plant)!.Message, Seeds.OfOne.Try(seed, plant)!.Message);
        Assert.Contains($"NETBOOT_SIM_SEED={seed}", Seeds.OfOne.Try(seed, plant)!.Message, StringComparison.Ordinal);
    }

    private static void AssertCaught(Plant plant, int within, string how) => AssertCaught(Seeds.OfOne, plant, within, how);

    private static void AssertCaught(Seeds seeds, Plant plant, int within, string how)
    {
        var caught = Enumerable.Range(1, within).Select(seed => seeds.Try(seed, plant)).FirstOrDefault(failure => failure is not null);
        Assert.NotNull(caught);
        Assert.Contains(how, caught.What, StringComparison.Ordinal);
    }
}
