namespace NetBootFabric.Storage.Writing;

/// <summary>
/// One queued piece of work for the database session <typeparamref name="TSession"/>. It is applied inside a transaction that it shares with its
/// neighbours, and completed exactly once: after the commit, or with the reason that there was none.
/// </summary>
internal abstract class WriteItem<TSession>
{
    /// <summary>Runs on the writer's thread, inside the transaction. Throws <see cref="ItemRefusedException"/> when it alone can't be done and left no trace.</summary>
    public abstract void Apply(TSession session);

    /// <summary>What it writes, for measurements: lease, catalog or read.</summary>
    public virtual string What => "read";

    /// <summary>No client waits for it: it may stand some milliseconds until there is more to write, and be overtaken by what does not see it.</summary>
    public virtual bool CanWait => false;

    /// <summary>It reads what items that can wait write: those before it are written first.</summary>
    public virtual bool SeesHistory => false;

    /// <summary>When it was queued, in the clock's ticks.</summary>
    public long QueuedAt { get; set; }

    /// <param name="failure">Null: durable. Else: nothing of it was kept.</param>
    public abstract void Complete(Exception? failure);
}

/// <summary>One item broke a rule of the store; its neighbours go on.</summary>
public sealed class ItemRefusedException(string message) : Exception(message);

/// <summary>The store could not write: disk full, I/O error, locked by another program, queue full, closed. A later try may succeed.</summary>
public sealed class StoreUnavailableException(string message, Exception? cause = null) : Exception(message, cause);
