using Microsoft.Extensions.Logging;
using NetBootFabric.Node.Configuration;
using NetBootFabric.Node.Logging;
using NetBootFabric.Storage;
using NetBootFabric.Storage.Postgres;
using NetBootFabric.Storage.Writing;

namespace NetBootFabric.Node.Wiring;

/// <summary>The store that the configuration names, open.</summary>
internal sealed class StoreService(NodeOptions options, TimeProvider time, ILogger log) : Subsystem
{
    public INodeStore Store { get; private set; } = null!;

    public bool Works => Store.Status.FailingSince is null;

    /// <exception cref="StoreUnavailableException">It can't be used; the message says what to check.</exception>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        Store = Closing(NodeStore.Open(options.Store, time));
        Store.HealthChanged += status =>
        {
            if (status.FailingSince is null) log.StoreWorks();
            else log.StoreFails(status.LastFailure ?? "");
        };
        if (options.Cluster is null && Store is PostgresStore { WasShared: true })
            throw new StoreUnavailableException("store: several head nodes have shared this database, and would not hear of a single one: write the group 'cluster', also for the last of them; or, when none of them is to come back, have PostgreSQL forget them: DELETE FROM netboot_fabric.shard; UPDATE netboot_fabric.lease SET epoch = 0");
        return Task.CompletedTask;
    }
}
