namespace NetBootFabric.Storage.Tests;

/// <summary>A database of a test's own, which is opened, closed and opened again; and the clock that its leases expire by.</summary>
public abstract class TestStore : IDisposable
{
    public abstract DateTimeOffset Now { get; set; }

    /// <summary>As the store key of a configuration names it.</summary>
    public abstract string Location { get; }

    public abstract INodeStore Open();

    public abstract void Dispose();
}
