using NetBootFabric.Wire;
using static NetBootFabric.Arp.Tests.Someone;

namespace NetBootFabric.Arp.Tests;

public sealed class ProbePlanTests
{
    private static readonly ProbeOptions Options = new() { Window = 4, Probes = 3, Interval = TimeSpan.FromSeconds(1), Freshness = TimeSpan.FromMinutes(5), PerSecond = 50 };
    private static readonly Ipv4Address[] Free = [.. Enumerable.Range(0, 4).Select(i => new Ipv4Address(Vacant.Value + (uint)i))];

    [Fact]
    public void Each_address_is_probed_three_times_a_second_apart_and_then_left_alone()
    {
        var plan = new ProbePlan(Options);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(Free, Take(plan, Free, Noon.AddSeconds(i)));
            Assert.Empty(Take(plan, Free, Noon.AddSeconds(i + 0.9)));
        }
        Assert.Empty(Take(plan, Free, Noon.AddSeconds(3)));
        Assert.Empty(Take(plan, Free, Noon.AddSeconds(301)));
        Assert.Equal(Free, Take(plan, Free, Noon.AddSeconds(302)));
        Assert.Equal(Free, Take(plan, Free, Noon.AddSeconds(303)));
    }

    [Fact]
    public void The_memory_of_the_plan_has_an_end()
    {
        var plan = new ProbePlan(Options with { PerSecond = 1, Freshness = TimeSpan.FromSeconds(10) });
        Assert.Equal(10, plan.Capacity);
        for (uint i = 0; i < 30; i++) Take(plan, [new Ipv4Address(i)], Noon);
        Assert.Equal(10, plan.Count);
        Assert.Equal([new Ipv4Address(99)], Take(plan, [new Ipv4Address(99)], Noon.AddSeconds(10)));
        Assert.Equal(1, plan.Count);
    }

    [Fact]
    public void A_clock_that_is_set_back_stops_nothing()
    {
        var plan = new ProbePlan(Options);
        Take(plan, Free, Noon);
        Assert.Equal(Free, Take(plan, Free, Noon.AddHours(-1)));
    }

    private static Ipv4Address[] Take(ProbePlan plan, Ipv4Address[] free, DateTimeOffset now) => [.. free.Where(address => plan.TryTake(address, now))];
}
