using NetBootFabric.AdminApi.Storms;
using NetBootFabric.EndToEnd.Tests.Lab;
using NetBootFabric.Testing;
using Xunit.Abstractions;

namespace NetBootFabric.EndToEnd.Tests;

/// <summary>Machines that come while the uplink is full: their consoles say when it is their turn, and they boot then.</summary>
public sealed class AwaitedTurns(ITestOutputHelper output)
{
    private const int Machines = 3;

    // Twenty kernels at a time over 20 Mbit/s, one after another until the machines have come: a minute of work whenever that is.
    private const string Rate = "20mbit", Downloads = "20", All = "1000";
    private const int Queue = 32 << 10;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task A_machine_is_told_its_place_on_its_console_and_boots_when_its_turn_comes()
    {
        using var room = await Room.OpenAsync("turns", new RoomConfiguration());
        using var hall = new Bridge();
        using var others = new NetworkNamespace();
        await room.Bridge.ConnectAsync(hall, Rate, Queue);
        await hall.PlugAsync(others, "eth0", "52:54:00:77:fe:09", "10.77.0.9/16");
        await Bridge.UnbundleAsync(room.Server, "eth1");

        using var load = new RunningProgram(others, Path.Combine(room.Folder, "curl.log"), "curl",
            "-sS", "--no-progress-meter", "--parallel", "--parallel-immediate", "--parallel-max", Downloads, "-o", "/dev/null", $"http://{Room.ServerAddress}/vmlinuz?[1-{All}]");
        await UplinkAsync(room, uplink => uplink is { Backlog: > 40_000_000, OctetsPerSecond: > 1_000_000 });

        var machines = new List<VirtualMachine>();
        try
        {
            for (var i = 0; i < Machines; i++) machines.Add(await VirtualMachine.PowerOnAsync(hall, Firmware.BiosIpxe, MacOf(i), room.Folder));
            await UplinkAsync(room, uplink => uplink.Turns > 0);
            output.WriteLine(await room.Head.PbmAsync("storm"));
            load.Kill();
            foreach (var machine in machines) await machine.BootedAsync();
        }
        finally
        {
            foreach (var machine in machines) machine.Dispose();
        }

        var told = machines.SelectMany(machine => machine.Console.Split('\n')).Where(line => line.Contains("waits for its turn: you are", StringComparison.Ordinal)).ToList();
        told.ForEach(output.WriteLine);
        Assert.NotEmpty(told);
        for (var i = 0; i < Machines; i++) Assert.Equal(1, (await room.Head.ClientInAsync(MacOf(i), "Booted")).Current!.Number);
        Assert.Empty(await room.Capture.ComplaintsAsync(Room.ServerAddress));
    }

    private static string MacOf(int machine) => $"52:54:00:77:00:3{machine}";

    private static Task<UplinkView> UplinkAsync(Room room, Func<UplinkView, bool> condition) => Until.FoundAsync(
        async () => (await room.Head.GetAsync(StormRoutes.Storm, StormJson.Default.StormView))!.Uplinks.FirstOrDefault(condition), Limit, () => $"the uplink does not come to it\n{room.Head.Evidence}");
}
