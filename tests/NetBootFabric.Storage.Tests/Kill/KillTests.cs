using System.Diagnostics;
using System.Globalization;
using NetBootFabric.Boot.Leases;
using NetBootFabric.Wire;
using static NetBootFabric.Storage.Tests.Waiting;

namespace NetBootFabric.Storage.Tests.Kill;

/// <summary>A process that writes is killed with SIGKILL, again and again, on one database. NETBOOT_KILLS sets how often.</summary>
public abstract class KillTests(TestStore database) : IDisposable
{
    private readonly Dictionary<(int Client, Ipv4Address Address), Lease> _leases = [];

    public void Dispose()
    {
        database.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Everything_acknowledged_is_there_after_kill_9_and_nothing_twice()
    {
        var kills = int.Parse(Environment.GetEnvironmentVariable("NETBOOT_KILLS") ?? "10", CultureInfo.InvariantCulture);
        var random = new Random(kills);
        database.Open().Dispose();
        for (var round = 1; round <= kills; round++)
        {
            var said = RunAndKill(round, random.Next(1, 1500));
            using var store = database.Open();
            await CheckLeases(store, round, said.ToLookup(line => int.Parse(line[1], CultureInfo.InvariantCulture)));
        }
    }

    /// <summary>The complete lines that it wrote before it died.</summary>
    private List<string[]> RunAndKill(int round, int killAfter)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileName(path) == "dotnet" ? path : "dotnet",
            ["exec", typeof(KillTests).Assembly.Location, "write", database.Location, round.ToString(CultureInfo.InvariantCulture)])
        { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var text = new System.Text.StringBuilder();
        var buffer = new char[4096];
        var lines = 0;
        for (int read; (read = process.StandardOutput.Read(buffer)) > 0;)
        {
            text.Append(buffer, 0, read);
            var before = lines;
            lines += buffer.AsSpan(0, read).Count('\n');
            if (before < killAfter && lines >= killAfter) process.Kill();
        }
        process.WaitForExit();
        Assert.Equal(128 + 9, process.ExitCode);
        return [.. text.ToString().Split('\n')[..^1].Select(line => line.Split(' '))];
    }

    private async Task CheckLeases(INodeStore store, int round, ILookup<int, string[]> said)
    {
        var stored = (await store.Leases()).ToDictionary(lease => lease.Address); // none twice
        for (var client = 0; client < KilledWriter.Clients; client++)
        {
            var step = 1;
            foreach (var line in said[client])
            {
                Assert.Equal(step, int.Parse(line[2], CultureInfo.InvariantCulture));
                Apply(client, KilledWriter.LeaseOf(client, round, step++), line[3]);
            }
            var underWay = KilledWriter.LeaseOf(client, round, step); // may have been written without our hearing of it
            foreach (var address in KilledWriter.AddressesOf(client))
            {
                var found = stored.GetValueOrDefault(address) is { } lease && lease.Client == Mac(client) ? lease : null;
                var acknowledged = _leases.GetValueOrDefault((client, address));
                var mayBe = found == acknowledged || (underWay is null ? found is null : found == underWay);
                Assert.True(mayBe, $"client {client} step {step}: {found}; acknowledged {acknowledged}, under way {underWay}");
                Note(client, address, found);
            }
        }
    }

    private void Apply(int client, Lease? lease, string outcome)
    {
        if (outcome == nameof(LeaseCommit.AddressTaken)) return;
        Assert.Equal(nameof(LeaseCommit.Committed), outcome);
        if (lease is not null) Note(client, lease.Address, lease);
        else
            foreach (var address in KilledWriter.AddressesOf(client)) Note(client, address, null);
    }

    private void Note(int client, Ipv4Address address, Lease? lease)
    {
        if (lease is null) _leases.Remove((client, address));
        else _leases[(client, address)] = lease;
    }
}
