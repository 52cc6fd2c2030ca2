using System.Globalization;
using Xunit.Abstractions;

namespace NetBootFabric.EndToEnd.Tests.Lab.Heads;

/// <summary>A room with several head nodes, in which a storm goes on while the clients of some shards are asked for all the time.</summary>
internal sealed class CrowdedRoom : IDisposable
{
    private const string Kinds = "ipxe-http=3,ipxe-chain=1,dhcp-only=1";
    private const int Waves = 10;
    private const int ProbedShards = 16;
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ProbeLimit = TimeSpan.FromSeconds(60);
    private const int StormLimitSeconds = 240;

    private readonly ITestOutputHelper _output;
    private TimeSpan _start;

    private CrowdedRoom(ClusterRoom room, Prober prober, ITestOutputHelper output) => (Room, Prober, _output) = (room, prober, output);

    public ClusterRoom Room { get; }
    public Prober Prober { get; }
    public Storm Storm { get; private set; } = null!;

    /// <summary>Without a storm yet.</summary>
    public static async Task<CrowdedRoom> OpenAsync(string test, int heads, ITestOutputHelper output)
    {
        var room = await ClusterRoom.OpenAsync(test, heads);
        try
        {
            var prober = await room.ProbeAsync(ProbedShards, ProbeInterval);
            await prober.AnsweredAsync(TimeSpan.Zero, ProbeLimit);
            return new CrowdedRoom(room, prober, output);
        }
        catch
        {
            room.Dispose();
            throw;
        }
    }

    /// <param name="seconds">Over how long 150 machines are switched on, in waves; more of them take longer.</param>
    public async Task BeginAsync(int seconds)
    {
        _start = Prober.Now;
        var between = Math.Max(1, SeveralHeads.Clients * seconds / 150 / Waves);
        Storm = await Room.StormAsync(SeveralHeads.Clients, string.Create(CultureInfo.InvariantCulture, $"waves:{Waves}:{between}"), Kinds, StormLimitSeconds);
    }

    /// <summary>Until this share of the storm's clients has a lease: the middle of it is when harm is done.</summary>
    public Task LeasedAsync(double share) => Until.FoundAsync(
        async () => Storm.IsOver || (await LeasesAsync()).Count >= share * SeveralHeads.Clients ? "" : null,
        TimeSpan.FromSeconds(StormLimitSeconds), () => $"fewer than {share:P0} of the clients have a lease\n{Room.Evidence}");

    /// <summary>Into the test's output, and into a file that stays.</summary>
    public void Say(FormattableString text)
    {
        _output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
        File.AppendAllText(Path.Combine(Room.Folder, "measured"), text.ToString(CultureInfo.InvariantCulture) + "\n");
    }

    /// <summary>Every client booted; no address is two clients'; no lease that was acknowledged is missing; each shard is served again.</summary>
    public async Task EveryClientBootedAsync()
    {
        var report = await Storm.ReportAsync();
        await Prober.AnsweredAsync(Prober.Now, ProbeLimit);
        Say($"{report.Summary}");
        Say($"{Prober.Since(_start).Summary}");
        Assert.True(report.Booted == report.Clients, $"{report.Clients - report.Booted} clients did not boot\n{report.FailureText}\n{Room.Evidence}");
        Assert.Empty(report.DuplicateAddresses);
        Assert.Equal(report.Clients, report.Leases.Select(lease => lease.Address).Distinct().Count());
        var stored = await LeasesAsync();
        Assert.Equal(stored.Count, stored.Values.Distinct().Count());
        Assert.DoesNotContain(report.Leases, lease => stored.GetValueOrDefault(lease.Mac) != lease.Address);
    }

    public void Dispose() => Room.Dispose();

    /// <summary>As the database has them: MAC address to address.</summary>
    private async Task<IReadOnlyDictionary<string, string>> LeasesAsync() =>
        (await Room.Database.QueryAsync("SELECT mac, address FROM netboot_fabric.lease")).ToDictionary(row => Mac(row[0]), row => Address(row[1]));

    private static string Mac(string number) => new Wire.MacAddress(ulong.Parse(number, CultureInfo.InvariantCulture)).ToString();

    private static string Address(string number) => new Wire.Ipv4Address((uint)ulong.Parse(number, CultureInfo.InvariantCulture)).ToString();
}
