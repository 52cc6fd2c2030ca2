using NetBootFabric.Boot.Membership;
using NetBootFabric.Testing.Membership;

namespace NetBootFabric.Storage.Tests.Cluster;

/// <summary>A cluster's database of a test's own.</summary>
public abstract class TestCluster : IDisposable
{
    /// <summary>A node's way to it. Closed with this.</summary>
    public abstract IClusterStore Connect();

    public virtual void Dispose() => GC.SuppressFinalize(this);
}

public sealed class InMemoryTestCluster : TestCluster
{
    private readonly InMemoryClusterStore _store = new();

    public override IClusterStore Connect() => _store.Connect();
}
