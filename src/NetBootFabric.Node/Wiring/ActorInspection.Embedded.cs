using NetBootFabric.AdminApi;
using NetBootFabric.Node.Admin;

namespace NetBootFabric.Node.Wiring;

internal sealed partial class ActorService : IActorInspection
{
    public LeaderView Leader() => new(null, options.Node);

    public Task<IReadOnlyList<RegionView>> RegionsAsync() => Task.FromResult<IReadOnlyList<RegionView>>([]);

    public IReadOnlyList<ActorLine>? Hierarchy(string? start, int depth) => start is null ? [] : null;
}
