namespace NetBootFabric.Storage.Writing;

/// <summary>A connection that groups of items are written through. Used by one thread.</summary>
internal interface IWriteSession : IDisposable
{
    void Begin();

    /// <summary>Durable when it returns; else it throws.</summary>
    void Commit();

    /// <summary>Never throws. Ends a transaction that failed, so that the next can begin.</summary>
    void Rollback();

    /// <summary>Shows that a group could be written; else it throws. An empty one, if nothing better is known.</summary>
    void Probe()
    {
        Begin();
        Commit();
    }

    /// <summary>When nothing was written for so long, the writer probes, to learn whether the database is there.</summary>
    TimeSpan IdleLimit => Timeout.InfiniteTimeSpan;

    /// <summary>How long what nobody waits for waits at most.</summary>
    TimeSpan Leisure => TimeSpan.FromMilliseconds(5);

    /// <summary>So many of those that nobody waits for go with a group that somebody waits for; fewer wait for more of them.</summary>
    int Company => 1;
}
