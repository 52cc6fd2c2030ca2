using NetBootFabric.Boot.Membership;

namespace NetBootFabric.Simulation.Tests.Plants;

/// <summary>Head nodes that don't take note of having been fenced: they go on with what they knew last.</summary>
internal sealed class DeafToFences : Plant
{
    public override IClusterStore Members(IClusterStore store) => new RosyStore(store);

    private sealed class RosyStore(IClusterStore store) : IClusterStore
    {
        private ClusterView? _last;

        public void Join(MemberIdentity member, Action<long, Exception?> completed) => store.Join(member, completed);

        public void Beat(string member, long incarnation, StoredStatus status, Action<ClusterView?, Exception?> completed) => store.Beat(member, incarnation, status, (view, failure) =>
        {
            if (view is { IsAccepted: true }) _last = view;
            completed(view is { IsAccepted: false } && _last is { } last ? last with { Time = view.Time } : view, failure);
        });

        public void Fence(string member, long incarnation, long beat, Action<bool, Exception?> completed) => store.Fence(member, incarnation, beat, completed);

        public void Take(string member, long incarnation, IReadOnlyList<int> shards, Action<IReadOnlyList<ShardRow>, Exception?> completed) =>
            store.Take(member, incarnation, shards, completed);

        public void Acquire(string member, long incarnation, IReadOnlyList<int> shards, Action<IReadOnlyList<ShardRow>, Exception?> completed) =>
            store.Acquire(member, incarnation, shards, completed);

        public void Release(string member, long incarnation, IReadOnlyList<ShardRow> shards, Action<IReadOnlyList<ShardRow>, Exception?> completed) =>
            store.Release(member, incarnation, shards, completed);

        public void HandOver(string member, long incarnation, IReadOnlyList<ShardRow> shards, string to, Action<IReadOnlyList<ShardRow>, Exception?> completed) =>
            store.HandOver(member, incarnation, shards, to, completed);

        public void Leave(string member, long incarnation, Action<Exception?> completed) => store.Leave(member, incarnation, completed);
    }
}
