namespace NetBootFabric.Actors.Actor;

/// <summary>What the engine itself tells an actor's cell. It overtakes every message of the mailbox.</summary>
internal abstract class SystemMessage
{
    /// <summary>The message pushed before this one, while both wait.</summary>
    public SystemMessage? Next;
}

internal sealed class Create : SystemMessage;

internal sealed class Suspend : SystemMessage;

/// <summary>The parent decided to go on with the failed child, or its own suspension ended.</summary>
internal sealed class Resume(bool afterFailure) : SystemMessage
{
    public bool AfterFailure => afterFailure;
}

internal sealed class Recreate(Exception cause) : SystemMessage
{
    public Exception Cause => cause;
}

internal sealed class Terminate : SystemMessage;

internal sealed class Failed(LocalActorRef child, Exception cause) : SystemMessage
{
    public LocalActorRef Child => child;
    public Exception Cause => cause;
}

internal sealed class Watch(IActorRef watchee, InternalActorRef watcher) : SystemMessage
{
    public IActorRef Watchee => watchee;
    public InternalActorRef Watcher => watcher;
}

internal sealed class Unwatch(InternalActorRef watcher) : SystemMessage
{
    public InternalActorRef Watcher => watcher;
}

internal sealed class DeathWatchNotification(IActorRef actor, bool existenceConfirmed) : SystemMessage
{
    public IActorRef Actor => actor;
    public bool ExistenceConfirmed => existenceConfirmed;
}

/// <summary>Code to run in the actor: what follows an await, or what the journal answered.</summary>
internal sealed class Continuation(SendOrPostCallback callback, object? state, ActorBase? owner, bool waitsForPause) : SystemMessage
{
    public SendOrPostCallback Callback => callback;
    public object? State => state;

    /// <summary>The incarnation that asked for it; a later one does not run it. Null: whoever lives.</summary>
    public ActorBase? Owner => owner;
    /// <summary>Not to be run while the actor is suspended or an async handler is under way.</summary>
    public bool WaitsForPause => waitsForPause;
}
