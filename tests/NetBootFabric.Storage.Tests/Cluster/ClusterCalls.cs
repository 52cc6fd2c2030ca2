using NetBootFabric.Boot.Membership;

namespace NetBootFabric.Storage.Tests.Cluster;

/// <summary>The cluster store's calls as tasks. A completion that runs twice throws on the store's thread.</summary>
internal static class ClusterCalls
{
    public static MemberIdentity Identity(string name, int weight = 100) => new(name, $"{name}:4053", new string('A', 64), weight, ["boot", "tftp"]);

    public static Task<long> Join(this IClusterStore store, string name) => store.Join(Identity(name));

    public static Task<long> Join(this IClusterStore store, MemberIdentity member) => For<long>(done => store.Join(member, done));

    public static async Task<ClusterView> Beat(this IClusterStore store, string member, long incarnation, StoredStatus status = StoredStatus.Up) =>
        (await For<ClusterView?>(done => store.Beat(member, incarnation, status, done)))!;

    public static Task<bool> Fence(this IClusterStore store, string member, long incarnation, long beat) => For<bool>(done => store.Fence(member, incarnation, beat, done));

    public static Task<IReadOnlyList<ShardRow>> Take(this IClusterStore store, string member, long incarnation, params int[] shards) =>
        For<IReadOnlyList<ShardRow>>(done => store.Take(member, incarnation, shards, done));

    public static Task<IReadOnlyList<ShardRow>> Acquire(this IClusterStore store, string member, long incarnation, params int[] shards) =>
        For<IReadOnlyList<ShardRow>>(done => store.Acquire(member, incarnation, shards, done));

    public static Task<IReadOnlyList<ShardRow>> Release(this IClusterStore store, string member, long incarnation, params ShardRow[] shards) =>
        For<IReadOnlyList<ShardRow>>(done => store.Release(member, incarnation, shards, done));

    public static Task<IReadOnlyList<ShardRow>> HandOver(this IClusterStore store, string member, long incarnation, string to, params ShardRow[] shards) =>
        For<IReadOnlyList<ShardRow>>(done => store.HandOver(member, incarnation, shards, to, done));

    public static Task Leave(this IClusterStore store, string member, long incarnation) =>
        For<bool>(done => store.Leave(member, incarnation, failure => done(true, failure)));

    /// <summary>Fences a member whatever its beat is by now.</summary>
    public static async Task<bool> FenceNow(this IClusterStore store, string member, long incarnation)
    {
        var view = await store.Beat(member, -1);
        return await store.Fence(member, incarnation, view.Member(member).Beat);
    }

    public static MemberRow Member(this ClusterView view, string name) => view.Members.Single(row => row.Identity.Name == name);

    public static ShardRow Shard(this ClusterView view, int shard) => view.Shards.Single(row => row.Shard == shard);

    private static Task<T> For<T>(Action<Action<T, Exception?>> call)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        call((answer, failure) =>
        {
            if (failure is null) done.SetResult(answer);
            else done.SetException(failure);
        });
        return done.Task;
    }
}
