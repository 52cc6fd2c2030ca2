using NetBootFabric.Boot.Heads;
using NetBootFabric.Boot.Membership;
using NetBootFabric.Storage.Postgres.Cluster;
using NetBootFabric.Storage.Tests.Cluster;
using NetBootFabric.Storage.Writing;
using static NetBootFabric.Storage.Tests.Waiting;

namespace NetBootFabric.Storage.Tests.Postgres;

/// <summary>Each sentence of <see cref="IServiceAddressStore"/>.</summary>
[Collection(PostgresServer.Collection)]
public sealed class ServiceAddressTests : IDisposable
{
    private readonly PostgresTestCluster _cluster;
    private readonly PostgresClusterStore _store;

    public ServiceAddressTests(PostgresServer server)
    {
        _cluster = new PostgresTestCluster(server);
        _store = _cluster.Open();
    }

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public async Task What_a_home_declares_nobody_holds_yet()
    {
        Assert.Null(await Declare("head1", 1, 2));
        Assert.Null(await Declare("head2", 3));
        Assert.Equal([(Ip(1), "head1", null), (Ip(2), "head1", null), (Ip(3), "head2", null)], (await Read()).Select(row => (row.Address, row.Home, row.Holder)));
    }

    [Fact]
    public async Task What_a_home_does_not_name_again_is_forgotten_and_what_it_does_stays_as_it_is()
    {
        await Declare("head1", 1, 2);
        var held = (await Read())[1];
        Assert.True(await Hold(2, "head9", held.Epoch));
        var before = (await Read())[1];
        Assert.Null(await Declare("head1", 2, 3));
        var rows = await Read();
        Assert.Equal([Ip(2), Ip(3)], rows.Select(row => row.Address));
        Assert.Equal(before, rows[0]);
        Assert.Null(await Declare("head1"));
        Assert.Empty(await Read());
    }

    [Fact]
    public async Task Another_nodes_address_is_refused_with_both_names_and_nothing_is_changed()
    {
        await Declare("head1", 1);
        await Declare("head2", 2);
        var before = await Read();
        var refusal = Assert.IsType<ItemRefusedException>(await Declare("head2", 1, 3));
        Assert.Contains(Ip(1).ToString(), refusal.Message);
        Assert.Contains("head1", refusal.Message);
        Assert.Equal(before, await Read());
        Assert.Null(_store.Status.FailingSince);
    }

    [Fact]
    public async Task A_holder_is_made_under_a_higher_epoch_and_only_by_who_knows_the_present_one()
    {
        await Declare("head1", 1);
        var first = (await Read())[0].Epoch;
        Assert.True(await Hold(1, "head1", first));
        var held = (await Read())[0];
        Assert.Equal("head1", held.Holder);
        Assert.True(held.Epoch > first);
        Assert.False(await Hold(1, "head2", first));
        Assert.Equal(held, (await Read())[0]);
        Assert.True(await Hold(1, null, held.Epoch));
        Assert.Null((await Read())[0].Holder);
        Assert.False(await Hold(9, "head1", 0));
    }

    [Fact]
    public async Task An_address_that_was_forgotten_comes_back_with_a_higher_epoch()
    {
        await Declare("head1", 1);
        await Hold(1, "head1", (await Read())[0].Epoch);
        var before = (await Read())[0].Epoch;
        await Declare("head1");
        await Declare("head2", 1);
        Assert.True((await Read())[0].Epoch > before);
    }

    [Fact]
    public async Task Of_several_that_take_an_address_at_once_one_holds_it()
    {
        await Declare("head1", 1);
        var others = Enumerable.Range(0, 4).Select(_ => _cluster.Open()).ToArray();
        for (var round = 0; round < 30; round++)
        {
            var epoch = (await Read())[0].Epoch;
            var held = await Task.WhenAll(others.Select((other, number) => Hold(1, $"head{number}", epoch, other)));
            Assert.Single(held, true);
            Assert.Equal($"head{Array.IndexOf(held, true)}", (await Read())[0].Holder);
        }
    }

    [Theory]
    [InlineData(StoredStatus.Joining)]
    [InlineData(StoredStatus.Up)]
    [InlineData(StoredStatus.Leaving)]
    public async Task An_address_is_not_taken_from_a_holder_that_lives_but_by_itself(StoredStatus status)
    {
        var incarnation = await _store.Join("head1");
        await _store.Beat("head1", incarnation, status);
        await _store.Join("head2");
        await Declare("head1", 1);
        Assert.True(await HoldBy("head1", 1, "head1", (await Read())[0].Epoch));
        var held = (await Read())[0];
        Assert.False(await HoldBy("head2", 1, "head2", held.Epoch));
        Assert.False(await HoldBy("head2", 1, null, held.Epoch));
        Assert.Equal(held, (await Read())[0]);
        Assert.True(await HoldBy("head1", 1, "head2", held.Epoch));
        Assert.Equal("head2", (await Read())[0].Holder);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_address_is_taken_from_a_holder_that_was_fenced_or_is_gone(bool fenced)
    {
        var incarnation = await _store.Join("head1");
        await Declare("head1", 1);
        Assert.True(await HoldBy("head1", 1, "head1", (await Read())[0].Epoch));
        if (fenced) Assert.True(await _store.FenceNow("head1", incarnation));
        else await _store.Leave("head1", incarnation);
        Assert.True(await HoldBy("head2", 1, "head2", (await Read())[0].Epoch));
    }

    private Task<Exception?> Declare(string home, params int[] addresses)
    {
        var done = new TaskCompletionSource<Exception?>(TaskCreationOptions.RunContinuationsAsynchronously);
        _store.Declare(home, [.. addresses.Select(Ip)], done.SetResult);
        return done.Task;
    }

    private async Task<IReadOnlyList<ServiceAddressRow>> Read()
    {
        var done = new TaskCompletionSource<IReadOnlyList<ServiceAddressRow>?>(TaskCreationOptions.RunContinuationsAsynchronously);
        _store.Read((rows, _) => done.SetResult(rows));
        return Assert.IsAssignableFrom<IReadOnlyList<ServiceAddressRow>>(await done.Task);
    }

    private Task<bool> Hold(int address, string? holder, long epoch, PostgresClusterStore? store = null) => HoldBy(holder ?? "head1", address, holder, epoch, store);

    private Task<bool> HoldBy(string by, int address, string? holder, long epoch, PostgresClusterStore? store = null)
    {
        var done = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        (store ?? _store).Hold(Ip(address), by, holder, epoch, (held, failure) =>
        {
            if (failure is null) done.SetResult(held);
            else done.SetException(failure);
        });
        return done.Task;
    }
}
