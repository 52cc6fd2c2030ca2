using System.Diagnostics;
using NetBootFabric.AdminApi.Power;
using NetBootFabric.Power.Tests.Redfish;

namespace NetBootFabric.Power.Tests;

public sealed class PowerRunTests
{
    private static readonly PowerSettings Quick = new() { Pause = TimeSpan.FromMilliseconds(10), Tries = 1 };
    private static readonly BmcLogin Login = new("operator", "sesame-open-word", BmcTrust.Authorities);

    private static async Task<List<PowerEvent>> RunAsync(IReadOnlyList<PowerMachine> machines, TimeSpan stagger, int atOnce, Action<PowerEvent>? seen = null, CancellationToken cancellation = default)
    {
        var events = new List<PowerEvent>();
        await foreach (var one in new PowerRun(new PowerSwitch(Quick, TimeProvider.System), TimeProvider.System).SwitchAsync(machines, new PowerOrder(PowerAction.On), stagger, atOnce, cancellation))
        {
            events.Add(one);
            seen?.Invoke(one);
        }
        return events;
    }

    private static PowerMachine Machine(string name, string address) => new($"52:54:00:77:00:{name[1..]}", name, new BmcTarget(BmcProtocol.Redfish, address, Login), null);

    [Fact]
    public async Task Who_fails_is_said_and_the_others_go_on()
    {
        await using var one = await RedfishService.StartAsync();
        await using var other = await RedfishService.StartAsync(new RedfishHabits { IsReadOnly = true });

        var events = await RunAsync([Machine("n01", one.Address), Machine("n02", other.Address), new("52:54:00:77:00:03", "n03", null, "has no bmc"), Machine("n04", "-bad-")], TimeSpan.Zero, 4);

        Assert.Equal(["n01 done", "n02 failed", "n03 failed", "n04 failed"], events.Where(each => each.Stage != "started").Select(each => $"{each.Name} {each.Stage}").Order());
        Assert.All(events, each => Assert.Equal(4, each.Of));
        Assert.True(one.Machine.IsOn);
    }

    [Fact]
    public async Task Machines_begin_one_after_the_other()
    {
        await using var service = await RedfishService.StartAsync();
        var watch = Stopwatch.StartNew();
        await RunAsync([.. Enumerable.Range(1, 5).Select(i => Machine($"n0{i}", service.Address))], TimeSpan.FromMilliseconds(40), 5);
        Assert.True(watch.Elapsed >= TimeSpan.FromMilliseconds(160), $"{watch.Elapsed}"); // four pauses
    }

    [Fact]
    public async Task No_more_than_the_given_number_is_switched_at_once()
    {
        await using var service = await RedfishService.StartAsync(new RedfishHabits { Delay = 2 });
        var (now, most) = (0, 0);
        await RunAsync([.. Enumerable.Range(10, 12).Select(i => Machine($"n{i}", service.Address))], TimeSpan.Zero, 3, one =>
        {
            now += one.Stage == "started" ? 1 : -1;
            most = Math.Max(most, now);
        });
        // An event may be read after the next machine has begun: one place's worth of slack.
        Assert.InRange(most, 1, 4);
    }

    [Fact]
    public async Task Whoever_goes_away_stops_what_has_not_begun()
    {
        await using var service = await RedfishService.StartAsync();
        using var gone = new CancellationTokenSource();
        var events = await RunAsync([.. Enumerable.Range(10, 50).Select(i => Machine($"n{i}", service.Address))], TimeSpan.FromSeconds(30), 1, _ => gone.Cancel(), gone.Token);
        Assert.InRange(events.Count, 1, 2);
    }
}
