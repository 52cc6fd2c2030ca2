using NetBootFabric.Boot.Leases;
using NetBootFabric.Storage.Postgres;
using NetBootFabric.Storage.Sqlite;
using NetBootFabric.Wire;
using static NetBootFabric.Storage.Tests.Waiting;

namespace NetBootFabric.Storage.Tests.Kill;

/// <summary>
/// Writes until it is killed. Each of <see cref="Clients"/> clients has one operation under way; a line says what was acknowledged: <c>L client step outcome</c>.
/// </summary>
internal static class KilledWriter
{
    public const int Clients = 32;

    public static void Run(string database, int round)
    {
        var location = database[(database.IndexOf(':') + 1)..];
        INodeStore store = database.StartsWith("postgres:", StringComparison.Ordinal)
            ? PostgresStore.Open(location, TimeProvider.System)
            : SqliteStore.Open(location, new FixedTime());
        for (var client = 0; client < Clients; client++) NextLease(store, client, round, 1);
        new ManualResetEvent(false).WaitOne(); // never set: the end comes from outside
    }

    /// <summary>The step of a client in a round: null is a release of whatever it holds. Neighbours share four addresses, so that some are refused.</summary>
    public static Lease? LeaseOf(int client, int round, int step) =>
        step % 7 == 0 ? null : Lease(client, client / 2 * 4 + (step + client) % 4, Start.AddDays(1).AddSeconds(round * 100_000 + step));

    public static IEnumerable<Ipv4Address> AddressesOf(int client) => Enumerable.Range(client / 2 * 4, 4).Select(Ip);

    private static void NextLease(INodeStore store, int client, int round, int step)
    {
        if (LeaseOf(client, round, step) is { } lease) store.Commit(lease, 0, Done);
        else ReleaseAll(store, client, Done);

        void Done(LeaseCommit outcome)
        {
            Console.WriteLine($"L {client} {step} {outcome}");
            NextLease(store, client, round, step + 1);
        }
    }

    private static void ReleaseAll(INodeStore store, int client, Action<LeaseCommit> done)
    {
        var addresses = AddressesOf(client).ToList();
        foreach (var address in addresses[..^1]) store.Release(Mac(client), address, _ => { });
        store.Release(Mac(client), addresses[^1], done);
    }
}
