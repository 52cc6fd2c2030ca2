namespace NetBootFabric.Storage.Writing;

/// <summary>A connection that groups of items are written through. Used by one thread.</summary>
internal interface IWriteSession : IDisposable
{
    void Begin();

    /// <summary>Durable when it returns; else it throws.</summary>
    void Commit();

    /// <summary>Never throws. Ends a transaction that failed, so that the next can begin.</summary>
    void Rollback();
}
