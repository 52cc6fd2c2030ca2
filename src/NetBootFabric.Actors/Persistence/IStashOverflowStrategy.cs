namespace NetBootFabric.Actors.Persistence;

/// <summary>What becomes of a command that arrives while a persistent actor waits and has put off as many as it may.</summary>
public interface IStashOverflowStrategy;

/// <summary>The actor fails with <see cref="StashOverflowException"/>, so its supervisor restarts it.</summary>
public sealed class ThrowOverflowExceptionStrategy : IStashOverflowStrategy
{
    private ThrowOverflowExceptionStrategy() { }

    public static ThrowOverflowExceptionStrategy Instance { get; } = new();
}

/// <summary>The command becomes a dead letter.</summary>
public sealed class DiscardToDeadLetterStrategy : IStashOverflowStrategy
{
    private DiscardToDeadLetterStrategy() { }

    public static DiscardToDeadLetterStrategy Instance { get; } = new();
}
