using System.Diagnostics;
using System.Globalization;
using NetBootFabric.Storage.Postgres.Cluster;
using NetBootFabric.Storage.Tests.Cluster;
using NetBootFabric.Storage.Tests.Postgres;

namespace NetBootFabric.Storage.Tests.Measuring;

/// <summary>What the beats of a large cluster cost: eight members, four beats a second each, 128 shards.</summary>
internal static class BeatMeasurement
{
    private const int Members = 8, Seconds = 15;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    public static void Run(PostgresServer server)
    {
        var database = server.NewDatabase();
        var times = new List<double>();
        var threads = Enumerable.Range(0, Members).Select(member => new Thread(() => Beat(database, member, times))).ToArray();
        var (own, servers) = (Environment.CpuUsage.TotalTime, server.CpuTime());
        foreach (var thread in threads) thread.Start();
        Thread.Sleep(TimeSpan.FromSeconds(Seconds));
        servers = server.CpuTime() - servers;
        own = Environment.CpuUsage.TotalTime - own;
        foreach (var thread in threads) thread.Join();
        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{times.Count} beats: {times.Average():f2} ms on average, half within {times[times.Count / 2]:f2}, 99 of 100 within {times[times.Count * 99 / 100]:f2}, all within {times[^1]:f2}; CPU a second: {servers.TotalMilliseconds / Seconds:f1} ms in the server, {own.TotalMilliseconds / Seconds:f1} ms in the members"));
    }

    private static void Beat(string database, int member, List<double> times)
    {
        using var store = PostgresClusterStore.Open(database, TimeProvider.System);
        var name = $"head{member}";
        var incarnation = store.Join(name).GetAwaiter().GetResult();
        _ = store.Take(name, incarnation, [.. Enumerable.Range(member * 16, 16)]).GetAwaiter().GetResult();
        Thread.Sleep(Interval * member / Members);
        for (var beat = 0; beat < (Seconds + 1) * 4; beat++)
        {
            var began = Stopwatch.GetTimestamp();
            if (!store.Beat(name, incarnation).GetAwaiter().GetResult().IsAccepted) throw new InvalidOperationException("fenced");
            var time = Stopwatch.GetElapsedTime(began);
            if (beat > 4) lock (times) times.Add(time.TotalMilliseconds); // the first ones prepare their statement
            if (time < Interval) Thread.Sleep(Interval - time);
        }
    }
}
