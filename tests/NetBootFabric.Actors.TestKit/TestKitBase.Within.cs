namespace NetBootFabric.Actors.TestKit;

public abstract partial class TestKitBase
{
    /// <summary>What is left of the innermost Within, or the default of 3 s outside.</summary>
    public TimeSpan RemainingOrDefault => RemainingOr(DefaultTimeout);

    public TimeSpan Remaining => _end is { } end ? Positive(end - _time.Now) : throw new InvalidOperationException(@"Remaining is for inside of Within only");

    protected TimeSpan RemainingOr(TimeSpan duration) => _end is { } end ? Positive(end - _time.Now) : duration;

    public TimeSpan RemainingOrDilated(TimeSpan? duration) => duration is { } time ? Positive(time) : RemainingOrDefault;

    public TimeSpan Dilated(TimeSpan duration) => duration;

    public TimeSpan GetTimeoutOrDefault(TimeSpan? timeout) => RemainingOrDilated(timeout);

    public void Within(TimeSpan max, Action action, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Within(TimeSpan.Zero, max, action, null, epsilonValue, cancellationToken);

    /// <summary>The code has to take between <paramref name="min"/> and <paramref name="max"/>.</summary>
    public void Within(TimeSpan min, TimeSpan max, Action action, string? hint = null, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Within<object?>(min, max, () =>
        {
            action();
            return null;
        }, hint, epsilonValue, cancellationToken);

    public T Within<T>(TimeSpan max, Func<T> function, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Within(TimeSpan.Zero, max, function, null, epsilonValue, cancellationToken);

    public T Within<T>(TimeSpan min, TimeSpan max, Func<T> function, string? hint = null, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default)
    {
        var (start, outer) = (_time.Now, _end);
        _end = start + max < outer ? start + max : outer ?? start + max;
        T result;
        try
        {
            result = function();
        }
        finally
        {
            _end = outer;
        }
        Check(_time.Now - start, min, max + (epsilonValue ?? TimeSpan.Zero), hint);
        return result;
    }

    public async Task WithinAsync(TimeSpan max, Func<Task> actionAsync, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default)
    {
        var (start, outer) = (_time.Now, _end);
        _end = start + max < outer ? start + max : outer ?? start + max;
        try
        {
            await actionAsync();
        }
        finally
        {
            _end = outer;
        }
        Check(_time.Now - start, TimeSpan.Zero, max + (epsilonValue ?? TimeSpan.Zero), null);
    }

    private static void Check(TimeSpan took, TimeSpan min, TimeSpan max, string? hint)
    {
        if (took < min) Fail($"block took {took}, which is less than {min}", hint);
        if (took > max) Fail($"block took {took}, which is more than {max}", hint);
    }

    private static TimeSpan Positive(TimeSpan time) => time < TimeSpan.Zero ? TimeSpan.Zero : time;
}
