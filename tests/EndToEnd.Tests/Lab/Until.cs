using System.Diagnostics;

namespace NetBootFabric.EndToEnd.Tests.Lab;

/// <summary>Waiting for a condition in real processes: asked often, with an overall limit, and a failure that says what was there instead.</summary>
internal static class Until
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public static Task TrueAsync(Func<bool> condition, TimeSpan limit, Func<string> otherwise) =>
        FoundAsync(() => Task.FromResult(condition() ? "" : null), limit, otherwise);

    public static async Task<T> FoundAsync<T>(Func<Task<T?>> ask, TimeSpan limit, Func<string> otherwise) where T : class
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            if (await ask() is { } found) return found;
            if (waited.Elapsed > limit) Assert.Fail($"not within {limit.TotalSeconds:0} s: {otherwise()}");
            await Task.Delay(Pause);
        }
    }
}
