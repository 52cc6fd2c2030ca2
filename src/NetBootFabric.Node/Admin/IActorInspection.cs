using NetBootFabric.AdminApi;

namespace NetBootFabric.Node.Admin;

/// <summary>Looks into the actor system.</summary>
internal interface IActorInspection
{
    LeaderView Leader();

    Task<IReadOnlyList<RegionView>> RegionsAsync();

    /// <param name="start">A path, as <c>/system/sharding</c>; null: all.</param>
    /// <returns>Null: there is no such actor.</returns>
    IReadOnlyList<ActorLine>? Hierarchy(string? start, int depth);
}
