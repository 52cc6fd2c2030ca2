using NetBootFabric.Boot.Leases;
using NetBootFabric.Wire;

namespace NetBootFabric.Storage.Tests;

/// <summary>The store's calls as tasks.</summary>
internal static class Waiting
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static MacAddress Mac(int number) => new(0x5254_0000_0000 + (ulong)number);

    public static Ipv4Address Ip(int number) => new(0x0A4D_0000 + (uint)number);

    public static Lease Lease(int client, int address, DateTimeOffset? until = null, string host = "", int shard = 0) =>
        new() { Client = Mac(client), Address = Ip(address), ExpiresAt = until ?? Start.AddHours(1), HostName = host, Shard = shard };

    public static Task<LeaseCommit> Commit(this ILeaseStore store, Lease lease, long epoch = 0) => For(done => store.Commit(lease, epoch, done));

    public static Task<LeaseCommit> Release(this ILeaseStore store, int client, int address) => For(done => store.Release(Mac(client), Ip(address), done));

    public static Task<LeaseCommit> Put(this ILeaseStore store, Quarantine quarantine) => For(done => store.Quarantine(quarantine, done));

    public static async Task<Lease[]> Leases(this ILeaseStore store) =>
        [.. (await store.LoadAsync(CancellationToken.None)).Leases.OrderBy(lease => lease.Client)];

    /// <summary>Null: the store could not be read.</summary>
    public static Task<LeaseInventory?> Load(this ILeaseStore store, params int[] shards)
    {
        var done = new TaskCompletionSource<LeaseInventory?>(TaskCreationOptions.RunContinuationsAsynchronously);
        store.Load(shards, done.SetResult);
        return done.Task;
    }

    /// <summary>A completion that runs twice fails the test: the second SetResult throws, which the store counts.</summary>
    public static Task<LeaseCommit> For(Action<Action<LeaseCommit>> call)
    {
        var done = new TaskCompletionSource<LeaseCommit>(TaskCreationOptions.RunContinuationsAsynchronously);
        call(done.SetResult);
        return done.Task;
    }
}
