using NetBootFabric.Actors.Persistence.Store;

namespace NetBootFabric.Storage;

public partial interface INodeStore : IJournalStore
{
    /// <summary>Every persistence id that was ever written.</summary>
    IEnumerable<string> PersistenceIds { get; }
}
