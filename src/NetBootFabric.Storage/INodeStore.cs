using NetBootFabric.Boot.Leases;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Storage.Writing;

namespace NetBootFabric.Storage;

/// <summary>Everything that a head node keeps, whatever the database behind it. Completions run on the store's one thread, in the order of the calls.</summary>
public interface INodeStore : ILeaseStore, ICatalogStore, IDisposable
{
    /// <summary>Which database this is, to be shown: without secrets.</summary>
    string Name { get; }

    StoreStatus Status { get; }

    /// <summary>Called when writing begins to fail, and when it works again; on the store's thread.</summary>
    event Action<StoreStatus>? HealthChanged;
}
