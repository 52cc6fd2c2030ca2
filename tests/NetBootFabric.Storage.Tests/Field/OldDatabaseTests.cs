using NetBootFabric.Boot.Leases;
using static NetBootFabric.Storage.Tests.Waiting;

namespace NetBootFabric.Storage.Tests.Field;

/// <summary>fabric-20c9aa5.sqlite: a file as the last build left it that had one lease a MAC.</summary>
public sealed class OldDatabaseTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    public OldDatabaseTests() => File.Copy(Path.Combine(AppContext.BaseDirectory, "Field", "fabric-20c9aa5.sqlite"), _folder.Database);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_of_20c9aa5_opens_with_every_lease_and_quarantine()
    {
        using var store = _folder.Open(new FixedTime());
        var inventory = await store.LoadAsync(CancellationToken.None);
        Assert.Equal(Enumerable.Range(1, 4).Select(Old), inventory.Leases.OrderBy(lease => lease.Client));
        Assert.Equal((Ip(20), "declined"), (Assert.Single(inventory.Quarantines).Address, inventory.Quarantines[0].Reason));
    }

    [Fact]
    public async Task Its_machines_may_take_a_second_lease_and_keep_the_first()
    {
        using var store = _folder.Open(new FixedTime());
        Assert.Equal(LeaseCommit.Committed, await store.Commit(Lease(1, 300)));
        Assert.Equal(LeaseCommit.AddressTaken, await store.Commit(Lease(2, 9)));
        Assert.Equal([Old(1), Lease(1, 300)], (await store.Leases()).Where(lease => lease.Client == Mac(1)).OrderBy(lease => lease.Address));
    }

    private static Lease Old(int client) => Lease(client, 10 - client, Start.AddHours(client), $"n00{client}", client % 2 == 0 ? 0 : client);
}
