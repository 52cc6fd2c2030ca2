namespace NetBootFabric.Actors.Actor;

/// <summary>What becomes of a failed child.</summary>
public enum Directive
{
    /// <summary>Goes on with its state as it is.</summary>
    Resume,

    /// <summary>A new instance goes on with the same mailbox.</summary>
    Restart,

    /// <summary>The supervisor itself fails.</summary>
    Escalate,

    Stop,
}

public interface IDecider
{
    Directive Decide(Exception cause);
}

/// <summary>A decider made of a function.</summary>
public class LocalOnlyDecider(Func<Exception, Directive> decider) : IDecider
{
    public Directive Decide(Exception cause) => decider(cause);
}

public static class Decider
{
    public static LocalOnlyDecider From(Func<Exception, Directive> localOnlyDecider) => new(localOnlyDecider);
}
