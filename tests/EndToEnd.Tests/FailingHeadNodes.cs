using NetBootFabric.EndToEnd.Tests.Lab;
using NetBootFabric.EndToEnd.Tests.Lab.Heads;
using Xunit.Abstractions;

namespace NetBootFabric.EndToEnd.Tests;

/// <summary>Three head nodes, one of which something happens to in the middle of a storm: no client is lost, no address given twice, no acknowledged lease forgotten.</summary>
[Collection(SeveralHeads.Name)]
public sealed class FailingHeadNodes(ITestOutputHelper output)
{
    private const int Heads = 3;
    private const int RampSeconds = 10;
    private static readonly TimeSpan TakeOverLimit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Killed_it_leaves_its_clients_to_the_others_and_takes_its_share_back_when_it_returns()
    {
        using var crowded = await CrowdedRoom.OpenAsync("heads-killed", Heads, output);
        using var one = await crowded.Room.PowerOnAsync(Firmware.BiosIpxe, 1);
        using var two = await crowded.Room.PowerOnAsync(Firmware.BiosPlain, 2);
        var victim = await ServerOfAsync(crowded.Room, 1);
        await crowded.BeginAsync(RampSeconds);
        await crowded.LeasedAsync(0.3);
        victim.Kill9();
        await crowded.EveryClientBootedAsync();
        foreach (var machine in (VirtualMachine[])[one, two])
        {
            await machine.BootedAsync();
            crowded.Say($"a machine booted in {machine.Uptime.TotalSeconds:0.0} s");
        }

        await victim.Node.StartAsync();
        await crowded.Room.SettledAsync(crowded.Room.Heads);
    }

    [Fact]
    public async Task Paused_it_finds_itself_without_clients_and_writes_nothing_any_more()
    {
        using var crowded = await OpenAsync("heads-paused");
        await crowded.LeasedAsync(0.3);
        Victim(crowded).Pause();
        await OwnsNothingAsync(crowded);
        Victim(crowded).Continue();
        await crowded.EveryClientBootedAsync();
        await crowded.Room.SettledAsync(crowded.Room.Heads);
    }

    [Fact]
    public async Task Cut_off_from_the_database_it_serves_nobody_until_it_is_back()
    {
        using var crowded = await OpenAsync("heads-without-database");
        await crowded.LeasedAsync(0.3);
        Victim(crowded).CutFromDatabase(crowded.Room.Database);
        await OwnsNothingAsync(crowded);
        await crowded.LeasedAsync(0.8);
        Victim(crowded).MendDatabase(crowded.Room.Database);
        await crowded.EveryClientBootedAsync();
        await crowded.Room.SettledAsync(crowded.Room.Heads);
    }

    [Fact]
    public async Task Cut_off_from_the_others_it_goes_on_serving()
    {
        using var crowded = await OpenAsync("heads-without-peers");
        await crowded.LeasedAsync(0.3);
        Victim(crowded).CutFromPeers(crowded.Room.Heads);
        await crowded.LeasedAsync(0.8);
        Victim(crowded).MendPeers(crowded.Room.Heads);
        await crowded.EveryClientBootedAsync();
        await crowded.Room.SettledAsync(crowded.Room.Heads);
    }

    [Fact]
    public async Task The_database_is_restarted_and_nothing_is_lost_or_doubled()
    {
        using var crowded = await OpenAsync("heads-database-restarted");
        await crowded.LeasedAsync(0.3);
        crowded.Room.Database.Kill();
        await crowded.Room.Database.StartAsync();
        await crowded.EveryClientBootedAsync();
        await crowded.Room.SettledAsync(crowded.Room.Heads);
    }

    private async Task<CrowdedRoom> OpenAsync(string test)
    {
        var crowded = await CrowdedRoom.OpenAsync(test, Heads, output);
        await crowded.BeginAsync(RampSeconds);
        return crowded;
    }

    /// <summary>The head node that a machine loads from, once it has its lease.</summary>
    private static async Task<ClusterHead> ServerOfAsync(ClusterRoom room, int machine)
    {
        var address = await Until.FoundAsync(async () => (await room.Heads[0].Node.ClientAsync(ClusterRoom.MachineMac(machine)))?.Current is { Address: not null, Server: { } server } ? server : null,
            TakeOverLimit, () => $"machine {machine} has no lease\n{room.Evidence}");
        return room.Heads.Single(head => head.ServiceAddress == address);
    }

    private static ClusterHead Victim(CrowdedRoom crowded) => crowded.Room.Heads[1];

    private static Task OwnsNothingAsync(CrowdedRoom crowded) => Until.FoundAsync(
        async () => (await crowded.Room.SpreadAsync()).ContainsKey(Victim(crowded).Name) ? null : "", TakeOverLimit, () => $"nobody took its shards\n{crowded.Room.Evidence}");
}
