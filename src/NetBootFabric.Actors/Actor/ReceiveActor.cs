namespace NetBootFabric.Actors.Actor;

/// <summary>An actor whose constructor says which message goes to which handler; the first that fits gets it.</summary>
public abstract class ReceiveActor : UntypedActor
{
    private HandlerTable? _configuring;
    private readonly HandlerTable _initial = new();

    protected ReceiveActor() => _configuring = _initial;

    internal sealed override Receive InitialBehavior()
    {
        _configuring = null;
        return _initial.TryHandle;
    }

    protected sealed override void OnReceive(object message) => throw new NotSupportedException("A ReceiveActor handles by its table");

    protected void Become(Action configure) => Become(Configured(configure));

    protected void BecomeStacked(Action configure) => BecomeStacked(Configured(configure));

    protected void Receive<T>(Action<T> handler, Predicate<T>? shouldHandle = null) => Table.Add(handler, shouldHandle);

    protected void Receive<T>(Predicate<T> shouldHandle, Action<T> handler) => Table.Add(handler, shouldHandle);

    protected void Receive<T>(Func<T, bool> handler) => Table.Add(handler);

    protected void Receive(Type messageType, Action<object> handler, Predicate<object>? shouldHandle = null) =>
        Table.Add(handler, HandlerTable.OfType(messageType, shouldHandle));

    protected void Receive(Type messageType, Predicate<object> shouldHandle, Action<object> handler) => Receive(messageType, handler, shouldHandle);

    protected void Receive(Type messageType, Func<object, bool> handler) => Table.Add<object>(message => messageType.IsInstanceOfType(message) && handler(message));

    protected void ReceiveAny(Action<object> handler) => Table.AddAny(handler);

    protected void ReceiveAsync<T>(Func<T, Task> handler, Predicate<T>? shouldHandle = null) => Table.Add(Awaited(handler), shouldHandle);

    protected void ReceiveAsync<T>(Predicate<T> shouldHandle, Func<T, Task> handler) => Table.Add(Awaited(handler), shouldHandle);

    protected void ReceiveAsync(Type messageType, Func<object, Task> handler, Predicate<object>? shouldHandle = null) =>
        Table.Add(Awaited(handler), HandlerTable.OfType(messageType, shouldHandle));

    protected void ReceiveAsync(Type messageType, Predicate<object> shouldHandle, Func<object, Task> handler) => ReceiveAsync(messageType, handler, shouldHandle);

    protected void ReceiveAnyAsync(Func<object, Task> handler) => Table.AddAny(Awaited(handler));

    private HandlerTable Table => _configuring
        ?? throw new InvalidOperationException("Receive handlers are set in the constructor or inside Become only");

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
