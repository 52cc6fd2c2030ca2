namespace NetBootFabric.Boot.Membership;

/// <summary>
/// What the head nodes of a cluster agree on: who is a member, and who owns which shard. A database that all of them reach keeps it and is the arbiter.
/// A node makes one call at a time. A completion runs exactly once, on any thread; after a failure nothing is known of what became of the call.
/// </summary>
public interface IClusterStore
{
    /// <summary>
    /// Begins a new incarnation of the member, with status <see cref="StoredStatus.Joining"/>. An earlier one that still runs is fenced by it; shards that the member
    /// owned stay its own, under a higher epoch.
    /// </summary>
    void Join(MemberIdentity member, Action<long, Exception?> completed);

    /// <summary>
    /// Says that the incarnation lives, and reads everything. When it is fenced, or gone, <see cref="ClusterView.IsAccepted"/> is false and nothing is written.
    /// </summary>
    void Beat(string member, long incarnation, StoredStatus status, Action<ClusterView?, Exception?> completed);

    /// <summary>
    /// Ends another member's incarnation: <see cref="StoredStatus.Unreachable"/> from now on. Once this completes with true, nothing that the incarnation has under way
    /// will be written any more. Nothing happens (false) when its heart has beaten since <paramref name="beat"/>.
    /// </summary>
    void Fence(string member, long incarnation, long beat, Action<bool, Exception?> completed);

    /// <summary>
    /// Takes those of <paramref name="shards"/> that nobody owns, or whose owner is neither joining, up nor leaving. Each gets a higher epoch. None when the incarnation is fenced.
    /// </summary>
    void Take(string member, long incarnation, IReadOnlyList<int> shards, Action<IReadOnlyList<ShardRow>, Exception?> completed);

    /// <summary>As <see cref="Take"/>, and those that the member owns already.</summary>
    void Acquire(string member, long incarnation, IReadOnlyList<int> shards, Action<IReadOnlyList<ShardRow>, Exception?> completed);

    /// <summary>Shards that the incarnation owns are nobody's, under a higher epoch. Those that it does not own, under the epoch named, stay as they are.</summary>
    void Release(string member, long incarnation, IReadOnlyList<ShardRow> shards, Action<IReadOnlyList<ShardRow>, Exception?> completed);

    /// <summary>Gives shards that the incarnation owns to <paramref name="to"/>, under a higher epoch. Those that it does not own, under the epoch named, stay as they are.</summary>
    void HandOver(string member, long incarnation, IReadOnlyList<ShardRow> shards, string to, Action<IReadOnlyList<ShardRow>, Exception?> completed);

    /// <summary>The incarnation is gone and owns nothing.</summary>
    void Leave(string member, long incarnation, Action<Exception?> completed);
}

/// <param name="Name">Names the member for good: a restart keeps it.</param>
/// <param name="Address">Where the others reach it: <c>host:port</c>.</param>
/// <param name="Fingerprint">SHA-256 of its certificate, upper-case hexadecimal: only who shows it is let in.</param>
/// <param name="Weight">1 to 1000: its share of the shards.</param>
/// <param name="Roles">Roles, sorted.</param>
public sealed record MemberIdentity(string Name, string Address, string Fingerprint, int Weight, IReadOnlyList<string> Roles)
{
    /// <summary>Which run of the actor system at that address it is; 0: not told.</summary>
    public long Uid { get; init; }
}

/// <summary>As stored.</summary>
public enum StoredStatus
{
    Joining = 0,
    Up = 1,

    /// <summary>Gives its shards away; takes none.</summary>
    Leaving = 2,

    /// <summary>Fenced: its heart was not heard.</summary>
    Unreachable = 3,
    Gone = 4,
}

/// <param name="Beat">Grows with each beat.</param>
public sealed record MemberRow(MemberIdentity Identity, long Incarnation, StoredStatus Status, long Beat)
{
    /// <summary>Grows with each join of any member: who has joined earlier has a lower one.</summary>
    public long Joined { get; init; }

    /// <summary>Its incarnation may own shards and write.</summary>
    public bool Lives => Status is StoredStatus.Joining or StoredStatus.Up or StoredStatus.Leaving;
}

/// <param name="Owner">Null: nobody.</param>
/// <param name="Epoch">Grows with each change of owner; a write under an older one is refused.</param>
public readonly record struct ShardRow(int Shard, string? Owner, long Epoch);

/// <param name="IsAccepted">False: this incarnation was fenced, and has to join anew.</param>
/// <param name="Time">The database's clock.</param>
/// <param name="Shards">Those that ever had an owner, by number.</param>
public sealed record ClusterView(bool IsAccepted, DateTimeOffset Time, IReadOnlyList<MemberRow> Members, IReadOnlyList<ShardRow> Shards);
