using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using NetBootFabric.Storage.Tests.Cluster;

namespace NetBootFabric.Storage.Tests.Postgres;

/// <summary>A head node's process is stopped with SIGSTOP while it writes, fenced, and goes on.</summary>
[Collection(PostgresServer.Collection)]
public sealed class PausedTests(PostgresServer server) : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly PostgresTestCluster _cluster = new(server);

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public async Task A_paused_process_does_not_keep_its_fence_waiting_and_writes_nothing_after_it()
    {
        var store = _cluster.Open();
        await store.Join("survivor");
        using var process = Start();
        var said = new BlockingCollection<string>();
        process.OutputDataReceived += (_, line) => said.Add(line.Data ?? "");
        process.BeginOutputReadLine();
        var random = new Random(8);
        var acknowledged = new HashSet<long>();
        for (var round = 0; round < 8; round++)
        {
            var incarnation = await store.Join("victim");
            process.StandardInput.WriteLine(incarnation);
            for (var line = random.Next(1, 3000); line > 0; line--) Acknowledge(Take(said), acknowledged);
            Signal(process, "STOP");
            var clock = Stopwatch.StartNew();
            Assert.True(await store.Fence("victim", incarnation, 0));
            Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
            var written = Written();
            Signal(process, "CONT");
            for (var line = Take(said); line != "E"; line = Take(said)) Acknowledge(line, acknowledged);
            Assert.Equal(written, Written());
            Assert.Subset(written, acknowledged);
        }
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(Limit);
    }

    private static string Take(BlockingCollection<string> said) =>
        said.TryTake(out var line, Limit) && line.Length > 0 ? line : throw new InvalidOperationException("the writer says nothing more");

    private static void Acknowledge(string line, HashSet<long> acknowledged) => Assert.True(acknowledged.Add((long)Waiting.Mac(int.Parse(line[2..], CultureInfo.InvariantCulture)).Value));

    private HashSet<long> Written() => [.. (long[])PostgresServer.Scalar(_cluster.Database, "SELECT coalesce(array_agg(mac), '{}') FROM netboot_fabric.lease")!];

    private Process Start() => Process.Start(new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileName(path) == "dotnet" ? path : "dotnet",
        ["exec", typeof(PausedTests).Assembly.Location, "pause", _cluster.Database])
    { RedirectStandardInput = true, RedirectStandardOutput = true })!;

    private static void Signal(Process process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
