using NetBootFabric.Boot.Leases;
using NetBootFabric.Storage.Postgres;
using static NetBootFabric.Storage.Tests.Waiting;

namespace NetBootFabric.Storage.Tests.Postgres;

/// <summary>
/// A process that is stopped in the middle. Each line that it reads is an incarnation, under which it writes leases, many at once, until it is refused; it says <c>C client</c>
/// for each that is committed, and then <c>E</c>.
/// </summary>
internal static class PausedWriter
{
    private const int InFlight = 600; // groups that are larger than what is sent at once (8 KiB)

    public static void Run(string database)
    {
        using var store = PostgresStore.Open(database, TimeProvider.System);
        var next = 0;
        while (Console.ReadLine() is { } line)
        {
            store.Incarnation = new StoreIncarnation("victim", long.Parse(line, System.Globalization.CultureInfo.InvariantCulture));
            using var ended = new CountdownEvent(InFlight);
            for (var i = 0; i < InFlight; i++) Write();
            ended.Wait();
            Console.WriteLine("E");

            void Write()
            {
                var client = Interlocked.Increment(ref next);
                store.Commit(Lease(client, client, new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero)), 0, outcome =>
                {
                    if (outcome == LeaseCommit.Committed) Console.WriteLine($"C {client}");
                    if (outcome == LeaseCommit.StaleEpoch) ended.Signal();
                    else Write();
                });
            }
        }
    }
}
