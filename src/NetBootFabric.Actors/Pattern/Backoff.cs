namespace NetBootFabric.Actors.Pattern;

/// <summary>How a supervised child is started again after it stopped: each time after a longer pause.</summary>
public static class Backoff
{
    /// <summary>Starts the child again whenever it has stopped by itself, as a persistent actor does when its write fails.</summary>
    /// <param name="randomFactor">A share of the pause that is added at random at most, 0.2 for 20 %.</param>
    /// <param name="maxNrOfRetries">Starts in a row after which the supervisor stops; -1: any number.</param>
    public static BackoffOptions OnStop(Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor, int maxNrOfRetries = -1) =>
        new(childProps, childName, minBackoff, maxBackoff, randomFactor, maxNrOfRetries);
}

public sealed record BackoffOptions
{
    internal BackoffOptions(Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor, int maxNrOfRetries)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(minBackoff, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBackoff, minBackoff);
        (ChildProps, ChildName, MinBackoff, MaxBackoff, RandomFactor, MaxNrOfRetries) = (childProps, childName, minBackoff, maxBackoff, randomFactor, maxNrOfRetries);
    }

    internal Props ChildProps { get; }
    internal string ChildName { get; }
    internal TimeSpan MinBackoff { get; }
    internal TimeSpan MaxBackoff { get; }
    internal double RandomFactor { get; }
    internal int MaxNrOfRetries { get; }

    /// <summary>The pause before the start that follows <paramref name="starts"/> others: doubled each time, up to the longest.</summary>
    internal TimeSpan PauseAfter(int starts)
    {
        var doubled = MinBackoff * Math.Pow(2, Math.Min(starts, 30));
        return (doubled < MaxBackoff ? doubled : MaxBackoff) * (1 + Random.Shared.NextDouble() * RandomFactor);
    }
}
