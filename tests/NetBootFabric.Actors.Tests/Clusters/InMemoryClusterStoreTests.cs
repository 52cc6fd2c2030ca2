using NetBootFabric.Boot.Membership;
using NetBootFabric.Testing.Membership;

namespace NetBootFabric.Actors.Tests.Clusters;

public sealed class InMemoryClusterStoreTests
{
    private readonly VirtualTimeProvider _time = new();
    private readonly InMemoryClusterStore _store;
    private readonly InMemoryClusterConnection _connection;

    public InMemoryClusterStoreTests()
    {
        _store = new InMemoryClusterStore(_time);
        _connection = _store.Connect();
    }

    private static MemberIdentity Identity(string name) => new(name, $"{name}:1", "", 100, []);

    private long Join(string name)
    {
        long joined = 0;
        _connection.Join(Identity(name), (incarnation, failure) =>
        {
            Assert.Null(failure);
            joined = incarnation;
        });
        return joined;
    }

    private ClusterView Beat(string name, long incarnation, StoredStatus status = StoredStatus.Up)
    {
        ClusterView? read = null;
        _connection.Beat(name, incarnation, status, (view, _) => read = view);
        return read!;
    }

    private bool Fence(string name, long incarnation, long beat)
    {
        var done = false;
        _connection.Fence(name, incarnation, beat, (fenced, _) => done = fenced);
        return done;
    }

    private IReadOnlyList<ShardRow> Take(string name, long incarnation, params int[] shards)
    {
        IReadOnlyList<ShardRow> taken = [];
        _connection.Take(name, incarnation, shards, (rows, _) => taken = rows);
        return taken;
    }

    private IReadOnlyList<ShardRow> HandOver(string name, long incarnation, string to, params ShardRow[] rows)
    {
        IReadOnlyList<ShardRow> given = [];
        _connection.HandOver(name, incarnation, rows, to, (done, _) => given = done);
        return given;
    }

    [Fact]
    public void A_beat_says_that_the_member_lives_and_reads_everything()
    {
        var a = Join("a");
        var view = Beat("a", a);
        Assert.True(view.IsAccepted);
        Assert.Equal(_time.GetUtcNow(), view.Time);
        Assert.Equal((StoredStatus.Up, 1L), (view.Members.Single().Status, view.Members.Single().Beat));
        Assert.Empty(view.Shards);
    }

    [Fact]
    public void A_new_incarnation_ends_the_one_before_and_keeps_its_shards_under_higher_epochs()
    {
        var first = Join("a");
        Take("a", first, 3, 5);
        var second = Join("a");
        Assert.False(Beat("a", first).IsAccepted);
        var view = Beat("a", second);
        Assert.True(view.IsAccepted);
        Assert.Equal([new ShardRow(3, "a", 2), new ShardRow(5, "a", 2)], view.Shards);
    }

    [Fact]
    public void Only_free_shards_are_taken()
    {
        var a = Join("a");
        var b = Join("b");
        Assert.Equal([new ShardRow(1, "a", 1), new ShardRow(2, "a", 1)], Take("a", a, 1, 2));
        Assert.Equal([new ShardRow(3, "b", 1)], Take("b", b, 2, 3));
        Assert.True(Fence("a", a, 0));
        Assert.Equal([new ShardRow(2, "b", 2)], Take("b", b, 2, 3));
    }

    [Fact]
    public void Who_has_beaten_since_is_not_fenced()
    {
        var a = Join("a");
        Beat("a", a);
        Assert.False(Fence("a", a, 0));
        Assert.True(Beat("a", a).IsAccepted);
        Assert.True(Fence("a", a, 2));
        Assert.False(Beat("a", a).IsAccepted);
        Assert.False(Fence("a", a, 2));
    }

    [Fact]
    public void A_fenced_incarnation_changes_nothing()
    {
        var a = Join("a");
        var b = Join("b");
        var rows = Take("a", a, 1);
        Fence("a", a, 0);
        Assert.Empty(Take("a", a, 2));
        Assert.Empty(HandOver("a", a, "b", [.. rows]));
        _connection.Leave("a", a, Assert.Null);
        Assert.Equal(StoredStatus.Unreachable, _store.Members[0].Status);
        Assert.Equal("a", _store.Find(1)!.Value.Owner);
        Assert.False(_store.IsAccepted("a", a));
        Assert.True(_store.IsAccepted("b", b));
    }

    [Fact]
    public void Only_shards_owned_under_the_epoch_are_handed_over()
    {
        var a = Join("a");
        Join("b");
        Take("a", a, 1, 2);
        var given = HandOver("a", a, "b", new ShardRow(1, "a", 1), new ShardRow(2, "a", 0), new ShardRow(9, "a", 1));
        Assert.Equal([new ShardRow(1, "b", 2)], given);
        Assert.Equal(new ShardRow(2, "a", 1), _store.Find(2));
    }

    [Fact]
    public void Who_leaves_owns_nothing_and_is_gone()
    {
        var a = Join("a");
        Take("a", a, 1);
        _connection.Leave("a", a, Assert.Null);
        Assert.Equal(new ShardRow(1, null, 2), _store.Find(1));
        Assert.Equal(StoredStatus.Gone, _store.Members.Single().Status);
        Assert.False(Beat("a", a).IsAccepted);
    }

    [Fact]
    public void A_slow_connection_does_a_call_half_way_and_completes_at_the_end()
    {
        _connection.Delay = TimeSpan.FromSeconds(2);
        var completed = false;
        _connection.Join(Identity("a"), (_, _) => completed = true);
        _time.Step(TimeSpan.FromSeconds(1.5));
        Assert.Single(_store.Members);
        Assert.False(completed);
        _time.Step(TimeSpan.FromSeconds(3));
        Assert.True(completed);
    }

    [Fact]
    public void A_cut_connection_fails_and_changes_nothing()
    {
        _connection.IsCut = true;
        Exception? failed = null;
        _connection.Join(Identity("a"), (_, failure) => failed = failure);
        Assert.IsType<IOException>(failed);
        Assert.Empty(_store.Members);
    }
}
