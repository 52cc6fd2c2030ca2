using NetBootFabric.Storage.Writing;

namespace NetBootFabric.Storage.Tests.Writing;

public sealed class GroupWriterTests
{
    private readonly FakeSession _session = new();
    private readonly StoreHealth _health = new(new FixedTime());

    [Fact]
    public void What_gathers_while_a_group_is_written_goes_into_one_commit()
    {
        using var writer = Writer();
        _session.Gate.Reset();
        var first = Submit(writer);
        _session.Entered.Wait();
        var rest = Enumerable.Range(0, 100).Select(_ => Submit(writer)).ToArray();
        _session.Gate.Set();
        writer.Dispose();
        Assert.Equal(2, _session.Commits);
        Assert.All(rest.Append(first), item => Assert.Null(item.Outcome));
    }

    [Fact]
    public void What_nobody_waits_for_is_written_too_when_nothing_else_comes()
    {
        using var writer = Writer();
        var leisurely = new FakeItem { Waits = true };
        writer.Submit(leisurely);
        leisurely.Done.Wait();
        Assert.Null(leisurely.Outcome);
    }

    [Fact]
    public void What_somebody_waits_for_takes_with_it_what_came_before()
    {
        using var writer = Writer();
        _session.Gate.Reset();
        Submit(writer);
        _session.Entered.Wait();
        var leisurely = new FakeItem { Waits = true };
        writer.Submit(leisurely);
        var urgent = Submit(writer);
        _session.Gate.Set();
        urgent.Done.Wait();
        Assert.True(leisurely.Done.IsSet);
        Assert.Equal(2, _session.Commits);
    }

    [Fact]
    public void What_nobody_waits_for_gathers_while_what_somebody_waits_for_is_written()
    {
        _session.Leisure = TimeSpan.FromMinutes(10);
        _session.Company = 3;
        using var writer = Writer();
        var leisurely = Enumerable.Range(0, 3).Select(_ => new FakeItem { Waits = true }).ToArray();
        writer.Submit(leisurely[0]);
        writer.Submit(leisurely[1]);
        Submit(writer).Done.Wait();
        Assert.DoesNotContain(leisurely, item => item.Done.IsSet);
        writer.Submit(leisurely[2]);
        Submit(writer).Done.Wait();
        leisurely[2].Done.Wait();
        Assert.All(leisurely, item => Assert.True(item.Done.IsSet));
        Assert.Equal(2, _session.Commits);
    }

    [Fact]
    public void Who_reads_what_nobody_waits_for_finds_it_written()
    {
        _session.Leisure = TimeSpan.FromMinutes(10);
        _session.Company = 1000;
        using var writer = Writer();
        var leisurely = new FakeItem { Waits = true };
        writer.Submit(leisurely);
        var reader = new FakeItem { Reads = true };
        writer.Submit(reader);
        reader.Done.Wait();
        Assert.True(leisurely.Done.IsSet);
    }

    [Fact]
    public void Closing_writes_what_nobody_waits_for()
    {
        _session.Leisure = TimeSpan.FromMinutes(10);
        var writer = Writer();
        var leisurely = new FakeItem { Waits = true };
        writer.Submit(leisurely);
        writer.Dispose();
        Assert.True(leisurely.Done.IsSet);
        Assert.Null(leisurely.Outcome);
    }

    [Fact]
    public void A_refused_item_does_not_fail_its_neighbours()
    {
        using var writer = Writer();
        _session.Gate.Reset();
        Submit(writer);
        _session.Entered.Wait();
        var before = Submit(writer);
        var refused = Submit(writer, new ItemRefusedException("no"));
        var after = Submit(writer);
        _session.Gate.Set();
        writer.Dispose();
        Assert.Null(before.Outcome);
        Assert.IsType<ItemRefusedException>(refused.Outcome);
        Assert.Null(after.Outcome);
        Assert.Equal(2, _session.Commits);
    }

    [Fact]
    public void A_failed_commit_fails_its_whole_group_and_the_next_one_works()
    {
        using var writer = Writer();
        var changes = new List<bool>();
        _health.Changed += status => changes.Add(status.FailingSince is not null);
        _session.CommitFailure = new StoreUnavailableException("the disk is full");
        var failed = Submit(writer);
        failed.Done.Wait();
        Assert.IsType<StoreUnavailableException>(failed.Outcome);
        Assert.Equal(Waiting.Start, _health.Read(0).FailingSince);
        _session.CommitFailure = null;
        var good = Submit(writer);
        good.Done.Wait();
        Assert.Null(good.Outcome);
        Assert.Null(_health.Read(0).FailingSince);
        Assert.Equal([true, false], changes);
        Assert.Equal(1, _session.Rollbacks);
        Assert.False(_session.IsDisposed);
    }

    [Fact]
    public void After_a_fault_of_the_connection_the_next_group_gets_a_new_one()
    {
        var second = new FakeSession();
        using var writer = new GroupWriter<FakeSession>(_session, () => second, 100, _health);
        _session.CommitFailure = new InvalidOperationException("disk I/O error");
        var failed = Submit(writer);
        failed.Done.Wait();
        Assert.IsType<StoreUnavailableException>(failed.Outcome);
        Assert.True(_session.IsDisposed);
        var good = Submit(writer);
        good.Done.Wait();
        Assert.Null(good.Outcome);
        Assert.Equal(1, second.Commits);
    }

    [Fact]
    public void A_full_queue_turns_items_away_at_once()
    {
        using var writer = new GroupWriter<FakeSession>(_session, () => _session, 3, _health);
        _session.Gate.Reset();
        var first = Submit(writer);
        _session.Entered.Wait();
        var waiting = new[] { Submit(writer), Submit(writer) };
        var away = Submit(writer);
        Assert.IsType<StoreUnavailableException>(away.Outcome);
        Assert.Equal(1, _health.Read(0).TurnedAway);
        _session.Gate.Set();
        writer.Dispose();
        Assert.All(waiting.Append(first), item => Assert.Null(item.Outcome));
    }

    [Fact]
    public void Closing_writes_what_waits_and_turns_away_what_comes_later()
    {
        var writer = Writer();
        var items = Enumerable.Range(0, 5000).Select(_ => Submit(writer)).ToArray();
        writer.Dispose();
        Assert.All(items, item => Assert.True(item.Done.IsSet));
        Assert.All(items, item => Assert.Null(item.Outcome));
        Assert.True(_session.IsDisposed);
        Assert.IsType<StoreUnavailableException>(Submit(writer).Outcome);
    }

    [Fact]
    public void After_the_idle_limit_an_empty_group_shows_whether_the_database_is_there()
    {
        var changed = new ManualResetEventSlim();
        _health.Changed += _ => changed.Set();
        _session.CommitFailure = new StoreUnavailableException("gone");
        _session.IdleLimit = TimeSpan.FromMilliseconds(1);
        using var writer = Writer();
        Assert.True(changed.Wait(TimeSpan.FromMinutes(1)));
        Assert.Equal("gone", _health.Read(0).LastFailure);
        changed.Reset();
        _session.CommitFailure = null;
        Assert.True(changed.Wait(TimeSpan.FromMinutes(1)));
        Assert.Null(_health.Read(0).FailingSince);
        Assert.Equal(0, _health.Read(0).Commits);
    }

    [Fact]
    public void A_completion_that_throws_is_counted_and_stops_nobody()
    {
        using var writer = Writer();
        var faulty = new FakeItem { CompletionFault = new InvalidOperationException("caller") };
        writer.Submit(faulty);
        var good = Submit(writer);
        good.Done.Wait();
        Assert.Null(good.Outcome);
        Assert.Equal(1, _health.Read(0).CompletionFaults);
    }

    [Fact]
    public void The_count_of_waiting_items_stays_exact_under_load()
    {
        using var writer = new GroupWriter<FakeSession>(_session, () => _session, 64, _health);
        Parallel.For(0, 4, _ =>
        {
            for (var i = 0; i < 20_000; i++)
            {
                var item = Submit(writer);
                item.Done.Wait();
                Assert.Null(item.Outcome);
            }
        });
        writer.Dispose();
        Assert.Equal(0, writer.Waiting);
    }

    private GroupWriter<FakeSession> Writer() => new(_session, () => _session, 10_000, _health);

    private static FakeItem Submit(GroupWriter<FakeSession> writer, Exception? refusal = null)
    {
        var item = new FakeItem { Refusal = refusal };
        writer.Submit(item);
        return item;
    }

    private sealed class FakeItem : WriteItem<FakeSession>
    {
        public Exception? Refusal { get; init; }
        public bool Waits { get; init; }
        public override bool CanWait => Waits;
        public bool Reads { get; init; }
        public override bool SeesHistory => Reads;
        public Exception? CompletionFault { get; init; }
        public Exception? Outcome { get; private set; }
        public ManualResetEventSlim Done { get; } = new();

        public override void Apply(FakeSession session)
        {
            if (Refusal is not null) throw Refusal;
        }

        public override void Complete(Exception? failure)
        {
            Assert.False(Done.IsSet);
            Outcome = failure;
            Done.Set();
            if (CompletionFault is not null) throw CompletionFault;
        }
    }

    private sealed class FakeSession : IWriteSession
    {
        public ManualResetEventSlim Gate { get; } = new(true);
        public ManualResetEventSlim Entered { get; } = new();
        public Exception? CommitFailure { get; set; }
        public int Commits { get; private set; }
        public int Rollbacks { get; private set; }
        public bool IsDisposed { get; private set; }
        public TimeSpan IdleLimit { get; set; } = Timeout.InfiniteTimeSpan;
        public TimeSpan Leisure { get; set; } = TimeSpan.FromMilliseconds(5);
        public int Company { get; set; } = 1;

        public void Begin() { }

        public void Commit()
        {
            Entered.Set();
            Gate.Wait();
            if (CommitFailure is not null) throw CommitFailure;
            Commits++;
        }

        public void Rollback() => Rollbacks++;

        public void Dispose() => IsDisposed = true;
    }
}
