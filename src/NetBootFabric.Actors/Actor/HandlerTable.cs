namespace NetBootFabric.Actors.Actor;

/// <summary>
/// Handlers in the order they were added. An entry is three references: the delegates as the actor gave them and a shim shared by all actors,
/// which knows the message type; so an idle actor pays no closure for a handler.
/// </summary>
internal sealed class HandlerTable
{
    private Entry[] _entries = [];
    private bool _closed;

    public void Add<T>(Action<T> handler, Predicate<T>? shouldHandle) => Add(new Entry(ActionShim<T>.Instance, handler, shouldHandle));

    public void Add<T>(Func<T, bool> handler) => Add(new Entry(FuncShim<T>.Instance, handler, null));

    public void AddAny(Action<object> handler)
    {
        Add(handler, null);
        _closed = true;
    }

    public bool TryHandle(object message)
    {
        foreach (ref readonly var entry in _entries.AsSpan())
        {
            if (entry.Shim.TryHandle(entry.Handler, entry.Predicate, message)) return true;
        }
        return false;
    }

    public static Predicate<object> OfType(Type type, Predicate<object>? shouldHandle) =>
        message => type.IsInstanceOfType(message) && (shouldHandle is null || shouldHandle(message));

    private void Add(Entry entry)
    {
        if (_closed) throw new InvalidOperationException("A handler that takes any message was added already; one added after it would never run");
        // Grown one by one: tables are short and stay for the actor's life, so no slack is kept.
        Array.Resize(ref _entries, _entries.Length + 1);
        _entries[^1] = entry;
    }

    private readonly record struct Entry(Shim Shim, Delegate Handler, Delegate? Predicate);

    private abstract class Shim
    {
        public abstract bool TryHandle(Delegate handler, Delegate? predicate, object message);
    }

    private sealed class ActionShim<T> : Shim
    {
        public static readonly ActionShim<T> Instance = new();

        public override bool TryHandle(Delegate handler, Delegate? predicate, object message)
        {
            if (message is not T typed) return false;
            if (predicate is not null && !((Predicate<T>)predicate)(typed)) return false;
            ((Action<T>)handler)(typed);
            return true;
        }
    }

    private sealed class FuncShim<T> : Shim
    {
        public static readonly FuncShim<T> Instance = new();

        public override bool TryHandle(Delegate handler, Delegate? predicate, object message) =>
            message is T typed && ((Func<T, bool>)handler)(typed);
    }
}
