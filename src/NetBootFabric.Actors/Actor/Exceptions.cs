namespace NetBootFabric.Actors.Actor;

/// <summary>The root of what the engine throws.</summary>
public class AkkaException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>No answer within the time of an Ask.</summary>
public class AskTimeoutException(string message) : AkkaException(message);

/// <summary>An actor's constructor or PreStart threw.</summary>
public class ActorInitializationException(IActorRef? actor, string message, Exception? cause = null) : AkkaException(message, cause)
{
    public IActorRef? Actor => actor;
}

/// <summary>A new incarnation could not be made.</summary>
public class PostRestartException(IActorRef actor, Exception cause, Exception originalCause)
    : ActorInitializationException(actor, "Exception post restart (" + originalCause.GetType() + ")", cause)
{
    public Exception OriginalCause => originalCause;
}

public class ActorKilledException(string message) : AkkaException(message);

public class InvalidActorNameException(string message, Exception? cause = null) : AkkaException(message, cause);

/// <summary>A <see cref="Terminated"/> that the watching actor left unhandled.</summary>
public class DeathPactException(IActorRef deadActor) : AkkaException($"Monitored actor [{deadActor}] terminated")
{
    public IActorRef DeadActor => deadActor;
}

public class StashOverflowException(string message, Exception? cause = null) : AkkaException(message, cause);

public class IllegalActorStateException(string message) : AkkaException(message);
