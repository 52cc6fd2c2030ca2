using NetBootFabric.Boot.Heads;
using NetBootFabric.Cluster.Heads;
using NetBootFabric.Wire;

namespace NetBootFabric.Cluster.Tests.Heads;

public sealed class ServiceAddressKeeperTests
{
    private static readonly Ipv4Address First = Ipv4Address.Parse("10.77.0.11"), Second = Ipv4Address.Parse("10.77.0.12");

    private readonly DeterministicRuntime _runtime = new(seed: 3);
    private readonly MemoryServiceStore _store = new();
    private readonly Dictionary<string, ServiceStanding> _standings = [];
    private readonly ServiceHead _a, _b;

    public ServiceAddressKeeperTests()
    {
        _a = Head("a", "10.77.0.11");
        _b = Head("b", "10.77.0.12");
        Pass(1);
    }

    [Fact]
    public void Each_head_node_declares_and_holds_its_own() => Held([First], [Second]);

    [Fact]
    public void A_survivor_takes_the_addresses_of_one_that_is_dead_and_the_home_gets_them_back()
    {
        _a.Tenure = 0;
        Pass(0.3);
        Held([], [Second]); // of a it is not known yet
        _standings.Remove("a");
        Pass(0.3);
        Held([], [First, Second]);

        (_a.Tenure, _standings["a"]) = (2, ServiceStanding.Joining);
        Pass(1);
        Held([], [First, Second]);
        _standings["a"] = ServiceStanding.Up;
        Pass(0.6);
        Held([First], [Second]);
    }

    [Fact]
    public void A_look_at_once_does_not_wait_for_the_next_beat()
    {
        _standings.Remove("a");
        _a.Tenure = 0;
        _a.Keeper.Tell(LookNow.Instance);
        _b.Keeper.Tell(LookNow.Instance);
        _runtime.RunUntilIdle();
        Held([], [First, Second]);
    }

    [Fact]
    public void With_the_store_down_what_is_held_is_held_on_and_nothing_is_taken()
    {
        _store.Down = true;
        Pass(60);
        Held([First], [Second]);
        _standings.Remove("a");
        Pass(5);
        Held([First], [Second]);
        _store.Down = false;
        _a.Tenure = 0;
        Pass(0.6);
        Held([], [First, Second]);
    }

    [Fact]
    public void A_store_that_does_not_answer_stops_no_renewals()
    {
        _store.Silent = true;
        Pass(60);
        Held([First], [Second]);
        _store.Silent = false;
        _store.Answer();
        Pass(1);
        Held([First], [Second]);
    }

    [Fact]
    public void One_that_is_fenced_while_it_takes_an_address_does_not_put_it_up()
    {
        _store.Silent = true;
        _standings.Remove("b");
        Pass(0.3);
        _store.Answer(); // the read; now the take is under way
        _runtime.RunUntilIdle();
        _store.Answer();
        (_a.Tenure, _standings["a"]) = (2, ServiceStanding.Joining); // fenced and joined again, before it hears of the take
        _runtime.RunUntilIdle();
        Assert.DoesNotContain(Second, _a.Addresses);
    }

    [Fact]
    public void One_that_took_it_for_dead_comes_too_late_when_it_is_back()
    {
        Survive();
        _b.Tenure = 0;
        _standings.Remove("b");
        _standings["a"] = ServiceStanding.Up;
        Pass(1);
        Held([First, Second], []);
        var late = _store.Rows.Single(row => row.Address == First).Epoch; // b would take it with this

        _a.Tenure = 0;
        Pass(0.3);
        Held([], []);
        _a.Tenure = 3;
        Pass(0.3);
        Held([First, Second], []);
        var took = true;
        _store.Hold(First, "b", "b", late, (done, _) => took = done);
        Assert.False(took);
    }

    [Fact]
    public void What_was_read_before_somebody_else_took_it_is_not_put_up()
    {
        _a.Tenure = 0;
        Pass(0.3);
        _a.Tenure = 2;
        _store.Silent = true;
        Pass(0.3);
        _store.Answer(); // the read: it is a's, still
        _runtime.RunUntilIdle();
        _store.Put(new ServiceAddressRow(First, "a", "c", 99));
        _store.Answer();
        _runtime.RunUntilIdle();
        Held([], [Second]);
    }

    [Fact]
    public void An_address_that_the_store_has_under_another_name_is_released()
    {
        _store.Put(new ServiceAddressRow(First, "a", "c", 99));
        _standings["c"] = ServiceStanding.Up;
        Pass(0.3);
        Held([], [Second]);
    }

    [Fact]
    public void A_hand_over_that_fails_leaves_the_address_with_the_one_who_had_it()
    {
        Survive();
        _standings["a"] = ServiceStanding.Up;
        _store.Silent = true;
        Pass(0.3);
        _store.Answer(); // the reads; b gives its address up
        _store.Down = true;
        _runtime.RunUntilIdle();
        Held([], [Second]);
        _store.Answer();
        _runtime.RunUntilIdle();
        Held([], [First, Second]);
        (_store.Down, _store.Silent) = (false, false);
        _store.Answer();
        Pass(1);
        Held([First], [Second]);
    }

    [Fact]
    public void A_leaving_node_gives_its_addresses_to_who_is_up()
    {
        _standings["a"] = ServiceStanding.Leaving;
        Pass(0.6);
        Held([], [First, Second]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void One_that_ends_gives_up_everything_though_nobody_takes_it_or_the_store_is_down(bool down)
    {
        _standings.Remove("b");
        _b.Tenure = 0;
        Pass(1);
        Held([First, Second], []);
        _store.Down = down;
        var ended = _a.Keeper.Ask<AddressesGivenUp>(GiveUpAddresses.Instance, TimeSpan.FromSeconds(5));
        Pass(1);
        Assert.True(ended.IsCompletedSuccessfully);
        Held([], []);
        if (!down) Assert.All(_store.Rows, row => Assert.Null(row.Holder));
    }

    [Fact]
    public void One_that_ends_answers_though_every_round_takes_longer_than_a_beat()
    {
        _store.Silent = true;
        var ended = _a.Keeper.Ask<AddressesGivenUp>(GiveUpAddresses.Instance, TimeSpan.FromSeconds(60));
        for (var i = 0; i < 6 && !ended.IsCompleted; i++)
        {
            Pass(0.6);
            _store.Answer();
            _runtime.RunUntilIdle();
        }
        Assert.True(ended.IsCompletedSuccessfully);
        Assert.Empty(_a.Addresses);
    }

    [Fact]
    public void A_keeper_that_stops_releases_at_once_and_its_successor_holds_again()
    {
        _a.Stop();
        _runtime.RunUntilIdle();
        Held([], [Second]);
        var again = Head("a", "10.77.0.11");
        Pass(0.3);
        Assert.Equal([First], again.Addresses);
    }

    [Fact]
    public void A_home_gets_an_address_back_when_nobody_loads_from_it_any_more()
    {
        Survive();
        _b.Busy.Add(First);
        _standings["a"] = ServiceStanding.Up;
        Pass(30);
        Held([], [First, Second]);
        _b.Busy.Clear();
        Pass(0.6);
        Held([First], [Second]);
    }

    [Fact]
    public void A_home_gets_an_address_back_after_a_minute_though_it_is_never_quiet()
    {
        Survive();
        _b.Busy.Add(First);
        Pass(100); // the home is not up: that does not count
        _standings["a"] = ServiceStanding.Up;
        Pass(59);
        Held([], [First, Second]);
        Pass(2);
        Held([First], [Second]);

        _standings["a"] = ServiceStanding.Leaving;
        Pass(1);
        _standings["a"] = ServiceStanding.Up;
        Pass(50);
        Held([], [First, Second]); // a minute again
    }

    [Theory]
    [InlineData(ServiceStanding.Leaving, false)]
    [InlineData(ServiceStanding.Up, true)]
    public void One_that_goes_gives_addresses_away_that_are_busy(ServiceStanding standing, bool ends)
    {
        Survive();
        _b.Busy.UnionWith([First, Second]);
        _standings["a"] = ServiceStanding.Up;
        Pass(1);
        Held([], [First, Second]);
        _standings["b"] = standing;
        if (ends) _b.Keeper.Tell(GiveUpAddresses.Instance);
        Pass(1);
        Assert.Empty(_b.Addresses);
        Assert.Contains(First, _a.Addresses);
    }

    private void Survive()
    {
        _a.Tenure = 0;
        _standings.Remove("a");
        Pass(1);
        Held([], [First, Second]);
        _a.Tenure = 2;
        _standings["a"] = ServiceStanding.Joining;
        Pass(1);
    }

    private ServiceHead Head(string name, string address)
    {
        _standings[name] = ServiceStanding.Up;
        return new ServiceHead(name, _store, _runtime, () => [.. _standings.Select(each => new ServiceMember(each.Key, 100, each.Value))], address);
    }

    private void Pass(double seconds) => _runtime.Advance(TimeSpan.FromSeconds(seconds));

    private void Held(Ipv4Address[] a, Ipv4Address[] b)
    {
        Assert.Equal(a, _a.Addresses);
        Assert.Equal(b, _b.Addresses);
    }
}
