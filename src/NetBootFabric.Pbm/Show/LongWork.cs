using Spectre.Console;

namespace NetBootFabric.Pbm.Show;

/// <summary>Shows how far work is that takes over a second: a bar on standard error, gone when it is done; nothing where no terminal is.</summary>
internal static class LongWork
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(100);

    /// <summary>Work of which nobody knows how long it takes.</summary>
    /// <param name="what">As "importing 10000 nodes".</param>
    public static Task<T> ShowAsync<T>(string what, Func<Task<T>> work, CancellationToken cancellation) => ShowAsync(what, 0, _ => work(), cancellation);

    /// <param name="what">As "switching 128 machines on".</param>
    /// <param name="total">What is reported when all is done; 0: not known.</param>
    /// <param name="work">Reports how much is done so far.</param>
    public static async Task<T> ShowAsync<T>(string what, long total, Func<IProgress<long>, Task<T>> work, CancellationToken cancellation)
    {
        var done = new Counter();
        var running = work(done);
        if (!Console.IsErrorRedirected && await TakesLongerAsync(running, cancellation)) await DrawAsync(what, total, done, running);
        return await running;
    }

    private static async Task<bool> TakesLongerAsync(Task running, CancellationToken cancellation) =>
        await Task.WhenAny(running, Task.Delay(Patience, cancellation)) != running && !cancellation.IsCancellationRequested;

    private static Task DrawAsync(string what, long total, Counter done, Task running)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        var bar = new Progress(console) { AutoClear = true }.Columns(total > 0
            ? [new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()]
            : [new TaskDescriptionColumn(), new SpinnerColumn(), new ElapsedTimeColumn()]);
        return bar.StartAsync(async context =>
        {
            var task = context.AddTask(Markup.Escape(what), maxValue: Math.Max(total, 1));
            task.IsIndeterminate = total == 0;
            while (!running.IsCompleted)
            {
                task.Value = done.Value;
                await Task.WhenAny(running, Task.Delay(Frame));
            }
        });
    }

    private sealed class Counter : IProgress<long>
    {
        private long _value;

        public long Value => Volatile.Read(ref _value);

        public void Report(long value) => Volatile.Write(ref _value, value);
    }
}
