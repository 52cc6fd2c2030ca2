using System.Globalization;
using NetBootFabric.EndToEnd.Tests.Lab;
using NetBootFabric.Testing;
using Xunit.Abstractions;

namespace NetBootFabric.EndToEnd.Tests;

/// <summary>kill -9 of the head node at random moments, and a restart on the same database. NETBOOT_SEED repeats a run's moments.</summary>
public sealed class KilledHeadNodes(ITestOutputHelper output)
{
    private const int Machines = 4;
    private const int StormKills = 10;
    private const int Clients = 400;
    private static readonly TimeSpan StormLimit = TimeSpan.FromSeconds(60);

    private readonly Random _random = Seeded(output);

    [Fact]
    public async Task Machines_boot_with_the_lease_they_were_given_though_the_head_node_is_killed()
    {
        using var room = await Room.OpenAsync("killed-boots", new RoomConfiguration());
        for (var number = 0; number < Machines; number++)
        {
            var mac = $"52:54:00:77:01:{number:x2}";
            using var machine = await VirtualMachine.PowerOnAsync(room.Bridge, Firmware.BiosIpxe, mac, room.Folder, retries: true);
            await KillDuringAsync(machine, room.Head);
            await machine.BootedAsync();
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{mac}: {machine.Uptime.TotalSeconds:0.0} s"));

            var client = await room.Head.ClientInAsync(mac, "Booted");
            Assert.Contains($"NETBOOT-FABRIC-UP address={client.Lease?.Address} ", machine.Console, StringComparison.Ordinal);
        }

        Assert.Equal(Machines, (await AddressesAsync(room)).Count);
    }

    [Fact]
    public async Task No_address_is_given_twice_and_no_lease_is_lost_though_the_head_node_is_killed_in_a_storm()
    {
        using var room = await Room.OpenAsync("killed-storm", new RoomConfiguration());
        using var host = new NetworkNamespace();
        await room.Bridge.PlugAsync(host, "eth0", "52:54:00:77:ff:03", "10.77.0.3/16");

        // A hundred times a second, one of 400 clients asks for its lease, or for it again. It does not ask for a lost answer.
        using (var storm = new RunningProgram(host, Path.Combine(room.Folder, "perfdhcp.log"), "perfdhcp", "-4", "-r", "100", "-R", $"{Clients}", "-B", "-l", "eth0"))
        {
            for (var kill = 0; kill < StormKills; kill++)
            {
                await Task.Delay(_random.Next(200, 1500));
                room.Head.Kill();
                await room.Head.StartAsync();
            }

            await Until.FoundAsync(async () => (await AddressesAsync(room)).Count >= Clients / 2 ? "" : null, StormLimit, () => storm.Log);
        }

        var addresses = await AddressesAsync(room);
        output.WriteLine($"{addresses.Count} clients leased");
        foreach (var (mac, address) in addresses) Assert.Equal((mac, address), (mac, (await room.Head.ClientAsync(mac))?.Lease?.Address));
    }

    /// <summary>Once to three times in the first fifteen seconds after power-on: from the first DISCOVER to the kernel's start.</summary>
    private async Task KillDuringAsync(VirtualMachine machine, HeadNode head)
    {
        foreach (var moment in Enumerable.Range(0, _random.Next(1, 4)).Select(_ => _random.Next(200, 15_000)).Order())
        {
            if (TimeSpan.FromMilliseconds(moment) - machine.Uptime is { Ticks: > 0 } left) await Task.Delay(left);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"killed {machine.Uptime.TotalSeconds:0.0} s after power-on"));
            head.Kill();
            await head.StartAsync();
        }
    }

    /// <summary>What was acknowledged on the wire: one address a client, always the same, and no address for two.</summary>
    private static async Task<IReadOnlyDictionary<string, string>> AddressesAsync(Room room)
    {
        var given = (await room.Capture.DhcpAsync()).Where(packet => packet.Type == DhcpPacket.Ack).Select(packet => (packet.Mac, packet.YourAddress)).Distinct().ToList();
        Assert.Empty(given.GroupBy(pair => pair.YourAddress).Where(pairs => pairs.Count() > 1).SelectMany(pairs => pairs));
        Assert.Empty(given.GroupBy(pair => pair.Mac).Where(pairs => pairs.Count() > 1).SelectMany(pairs => pairs));
        return given.ToDictionary(pair => pair.Mac, pair => pair.YourAddress);
    }

    private static Random Seeded(ITestOutputHelper output)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("NETBOOT_SEED"), CultureInfo.InvariantCulture, out var given) ? given : Environment.TickCount;
        output.WriteLine($"NETBOOT_SEED={seed}");
        return new Random(seed);
    }
}
