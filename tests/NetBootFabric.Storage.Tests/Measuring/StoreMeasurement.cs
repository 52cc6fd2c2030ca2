using System.Diagnostics;
using System.Globalization;
using NetBootFabric.Boot.Leases;
using NetBootFabric.Storage.Postgres;
using NetBootFabric.Storage.Postgres.Cluster;
using NetBootFabric.Storage.Sqlite;
using NetBootFabric.Storage.Tests.Cluster;
using NetBootFabric.Storage.Tests.Postgres;
using static NetBootFabric.Storage.Tests.Waiting;

namespace NetBootFabric.Storage.Tests.Measuring;

/// <summary>Durable writes a second: so many callers, each with one write under way, that send the next one from another thread.</summary>
internal static class StoreMeasurement
{
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(4);

    /// <param name="server">Null: SQLite.</param>
    /// <param name="isFenced">As a member of a cluster that owns every shard, under their epochs; else alone.</param>
    public static void Run(string folder, PostgresServer? server, bool isFenced = false)
    {
        var epoch = isFenced ? 1 : 0; // a shard's first
        foreach (var callers in new[] { 1, 32, 1000 })
        {
            Measure(folder, server, isFenced, "new leases", callers, (store, number, done) => store.Commit(Lease(number % 60_000, number % 60_000, Start.AddSeconds(number), shard: number % 60_000 % 128), epoch, outcome => Ended(outcome, done)));
            Measure(folder, server, isFenced, "renewals", callers, (store, number, done) => store.Commit(Lease(number % 1000, number % 1000, Start.AddSeconds(number), shard: number % 1000 % 128), epoch, outcome => Ended(outcome, done)));
        }
    }

    private static void Ended(LeaseCommit outcome, Action done)
    {
        if (outcome != LeaseCommit.Committed) throw new InvalidOperationException($"a lease was {outcome}");
        done();
    }

    private static INodeStore Open(string database, PostgresServer? server, bool isFenced)
    {
        if (server is null) return SqliteStore.Open(database, TimeProvider.System);
        var location = server.NewDatabase();
        var store = PostgresStore.Open(location, TimeProvider.System);
        if (isFenced) store.Incarnation = new StoreIncarnation("head1", OwnEverything(location).GetAwaiter().GetResult());
        return store;
    }

    private static async Task<long> OwnEverything(string location)
    {
        using var cluster = PostgresClusterStore.Open(location, TimeProvider.System);
        var incarnation = await cluster.Join("head1");
        await cluster.Take("head1", incarnation, [.. Enumerable.Range(0, 128)]);
        return incarnation;
    }

    private static void Measure(string folder, PostgresServer? server, bool isFenced, string what, int callers, Action<INodeStore, int, Action> write)
    {
        var database = Path.Combine(folder, $"measure-{Guid.NewGuid():n}.db");
        using (var store = Open(database, server, isFenced))
        {
            var next = -1;
            var done = 0;
            using var stopped = new CountdownEvent(callers);
            var clock = Stopwatch.StartNew();
            var cpu = Environment.CpuUsage.TotalTime;
            var allocated = GC.GetTotalAllocatedBytes();
            for (var caller = 0; caller < callers; caller++) Next();
            stopped.Wait();
            var seconds = clock.Elapsed.TotalSeconds;
            var cpuMilliseconds = (Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds;
            var bytes = GC.GetTotalAllocatedBytes() - allocated;
            var status = store.Status;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{what,-10} {callers,5} in flight: {done / seconds,8:f0}/s, {(double)status.Items / status.Commits,6:f1} a commit, {cpuMilliseconds / done * 1000,6:f1} ms CPU per 1000, {bytes / done,5} B each"));

            void Next() => write(store, Interlocked.Increment(ref next), Done);

            void Done()
            {
                Interlocked.Increment(ref done);
                if (clock.Elapsed > Time) stopped.Signal();
                else ThreadPool.UnsafeQueueUserWorkItem(static next => next(), Next, preferLocal: false);
            }
        }
        foreach (var file in Directory.GetFiles(folder, Path.GetFileName(database) + "*")) File.Delete(file);
    }
}
