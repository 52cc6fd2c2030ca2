namespace NetBootFabric.Actors.Persistence;

public abstract class UntypedPersistentActor : Eventsourced
{
    protected static new IUntypedActorContext Context => (IUntypedActorContext)ActorBase.Context;

    protected sealed override bool ReceiveCommand(object message)
    {
        OnCommand(message);
        return true;
    }

    protected sealed override bool ReceiveRecover(object message)
    {
        if (RecoverByTable(message) is { } handled) return handled;
        OnRecover(message);
        return true;
    }

    protected abstract void OnCommand(object message);

    protected abstract void OnRecover(object message);

    internal virtual bool? RecoverByTable(object message) => null;
}

/// <summary>A persistent actor whose constructor says which command and which recovered event goes to which handler.</summary>
public abstract class ReceivePersistentActor : UntypedPersistentActor
{
    private readonly HandlerTable _recover = new();
    private readonly HandlerTable _initial = new();
    private HandlerTable? _configuring;

    protected ReceivePersistentActor() => _configuring = _initial;

    internal sealed override Receive InitialBehavior()
    {
        _configuring = null;
        return _initial.TryHandle;
    }

    internal sealed override bool? RecoverByTable(object message) => _recover.TryHandle(message);

    protected sealed override void OnCommand(object message) => throw new NotSupportedException("A ReceivePersistentActor handles by its table");

    protected sealed override void OnRecover(object message) => throw new NotSupportedException("A ReceivePersistentActor recovers by its table");

    protected void Become(Action configure) => Become(Configured(configure));

    protected void BecomeStacked(Action configure) => BecomeStacked(Configured(configure));

    protected void Recover<T>(Action<T> handler, Predicate<T>? shouldHandle = null) => _recover.Add(handler, shouldHandle);

    protected void Recover<T>(Predicate<T> shouldHandle, Action<T> handler) => _recover.Add(handler, shouldHandle);

    protected void Recover<T>(Func<T, bool> handler) => _recover.Add(handler);

    protected void Recover(Type messageType, Action<object> handler, Predicate<object>? shouldHandle = null) =>
        _recover.Add(handler, HandlerTable.OfType(messageType, shouldHandle));

    protected void RecoverAny(Action<object> handler) => _recover.AddAny(handler);

    protected void Command<T>(Action<T> handler, Predicate<T>? shouldHandle = null) => Table.Add(handler, shouldHandle);

    protected void Command<T>(Predicate<T> shouldHandle, Action<T> handler) => Table.Add(handler, shouldHandle);

    protected void Command<T>(Func<T, bool> handler) => Table.Add(handler);

    protected void Command(Type messageType, Action<object> handler, Predicate<object>? shouldHandle = null) =>
        Table.Add(handler, HandlerTable.OfType(messageType, shouldHandle));

    protected void Command(Action<object> handler) => Table.AddAny(handler);

    protected void CommandAny(Action<object> handler) => Table.AddAny(handler);

    protected void CommandAsync<T>(Func<T, Task> handler, Predicate<T>? shouldHandle = null) => Table.Add(Awaited(handler), shouldHandle);

    protected void CommandAsync<T>(Predicate<T> shouldHandle, Func<T, Task> handler) => Table.Add(Awaited(handler), shouldHandle);

    protected void CommandAnyAsync(Func<object, Task> handler) => Table.AddAny(Awaited(handler));

    private HandlerTable Table => _configuring
        ?? throw new InvalidOperationException("Command handlers are set in the constructor or inside Become only");

    private Receive Configured(Action configure)
    {
        var outer = _configuring;
        var table = _configuring = new HandlerTable();
        configure();
        _configuring = outer;
        return table.TryHandle;
    }

    private Action<T> Awaited<T>(Func<T, Task> handler) => message => RunTask(() => handler(message));
}
