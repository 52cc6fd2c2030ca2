namespace NetBootFabric.Actors.Tests;

public sealed class DispatchBatchTests
{
    private readonly List<string> _ran = [];

    [Fact]
    public void What_a_thread_wakes_in_a_batch_it_runs_at_the_end_in_order_with_what_that_wakes()
    {
        using (DispatchBatch.Begin())
        {
            ThreadPoolDispatcher.Default.Schedule(() =>
            {
                Run("first");
                ThreadPoolDispatcher.Default.Schedule(() => Run("woken by the first"));
            });
            ThreadPoolDispatcher.Default.Schedule(() => Run("second"));
            Assert.Empty(_ran);
        }
        var thread = Environment.CurrentManagedThreadId;
        Assert.Equal([$"first on {thread}", $"second on {thread}", $"woken by the first on {thread}"], _ran);
    }

    [Fact]
    public void A_batch_within_a_batch_is_part_of_it()
    {
        using var outer = DispatchBatch.Begin();
        Assert.Null(DispatchBatch.Begin());
        Assert.Null(DispatchBatch.BeginForOthers());
    }

    [Fact]
    public void What_goes_on_waking_others_ends_on_another_thread()
    {
        var left = DispatchBatch.Limit + 1;
        using var ended = new ManualResetEventSlim();
        var last = 0;
        using (DispatchBatch.Begin()) Again();
        Assert.True(ended.Wait(TimeSpan.FromMinutes(1)));
        Assert.NotEqual(Environment.CurrentManagedThreadId, last);

        void Again() => ThreadPoolDispatcher.Default.Schedule(() =>
        {
            if (--left > 0)
            {
                Again();
                return;
            }
            last = Environment.CurrentManagedThreadId;
            ended.Set();
        });
    }

    [Fact]
    public void A_batch_for_others_leaves_its_thread_at_once()
    {
        using var ended = new ManualResetEventSlim();
        var thread = 0;
        using (DispatchBatch.BeginForOthers())
        {
            ThreadPoolDispatcher.Default.Schedule(() =>
            {
                thread = Environment.CurrentManagedThreadId;
                ended.Set();
            });
        }
        Assert.True(ended.Wait(TimeSpan.FromMinutes(1)));
        Assert.NotEqual(Environment.CurrentManagedThreadId, thread);
    }

    private void Run(string what) => _ran.Add($"{what} on {Environment.CurrentManagedThreadId}");
}
