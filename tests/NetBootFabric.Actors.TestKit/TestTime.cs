namespace NetBootFabric.Actors.TestKit;

/// <summary>How a test waits: by letting real time pass, or by pumping a deterministic runtime.</summary>
internal abstract class TestTime
{
    /// <summary>Time since some start.</summary>
    public abstract TimeSpan Now { get; }

    public abstract bool WaitForMessage(MessageQueue queue, TimeSpan max, CancellationToken token);

    public abstract Task<bool> WaitForMessageAsync(MessageQueue queue, TimeSpan max, CancellationToken token);

    /// <summary>Lets time pass between two looks at a condition.</summary>
    public abstract void Pass(TimeSpan time, CancellationToken token);

    public abstract Task PassAsync(TimeSpan time, CancellationToken token);

    public abstract bool WaitFor(Task task, TimeSpan max);

    public static TestTime Of(ActorSystem system)
    {
        var setup = ActorSystemImpl.Of(system).Setup;
        return setup is { Dispatcher: DeterministicDispatcher dispatcher, TimeProvider: VirtualTimeProvider clock } ? new VirtualTestTime(dispatcher, clock) : new RealTestTime();
    }
}

internal sealed class RealTestTime : TestTime
{
    private readonly long _start = TimeProvider.System.GetTimestamp();

    public override TimeSpan Now => TimeProvider.System.GetElapsedTime(_start);

    public override bool WaitForMessage(MessageQueue queue, TimeSpan max, CancellationToken token)
    {
        var arrival = queue.Arrival;
        return queue.HasMessages || arrival.Wait(Limit(max), token);
    }

    public override async Task<bool> WaitForMessageAsync(MessageQueue queue, TimeSpan max, CancellationToken token)
    {
        var arrival = queue.Arrival;
        if (queue.HasMessages) return true;
        return await Task.WhenAny(arrival, Task.Delay(Limit(max), token)) == arrival;
    }

    public override void Pass(TimeSpan time, CancellationToken token) => token.WaitHandle.WaitOne(Limit(time));

    public override Task PassAsync(TimeSpan time, CancellationToken token) => Task.Delay(Limit(time), token);

    public override bool WaitFor(Task task, TimeSpan max) => task.Wait(Limit(max));

    private static TimeSpan Limit(TimeSpan time) => time < TimeSpan.Zero ? TimeSpan.Zero : time > TimeSpan.FromDays(1) ? TimeSpan.FromDays(1) : time;
}

internal sealed class VirtualTestTime(DeterministicDispatcher dispatcher, VirtualTimeProvider clock) : TestTime
{
    private readonly DeterministicRuntime _runtime = new(dispatcher, clock);

    public override TimeSpan Now => clock.Elapsed;

    public override bool WaitForMessage(MessageQueue queue, TimeSpan max, CancellationToken token) => _runtime.RunUntil(() => queue.HasMessages, max);

    public override Task<bool> WaitForMessageAsync(MessageQueue queue, TimeSpan max, CancellationToken token) => Task.FromResult(WaitForMessage(queue, max, token));

    public override void Pass(TimeSpan time, CancellationToken token) => _runtime.Advance(time);

    public override Task PassAsync(TimeSpan time, CancellationToken token)
    {
        _runtime.Advance(time);
        return Task.CompletedTask;
    }

    public override bool WaitFor(Task task, TimeSpan max) => _runtime.RunUntil(() => task.IsCompleted, max);
}
