using NetBootFabric.Actors.Cluster.Store;

namespace NetBootFabric.Actors.Cluster;

// What only this engine has: the members as they are stored, and how this node stands with the store.
public partial class Cluster
{
    /// <summary>This member's name; null in a cluster of one.</summary>
    public string? SelfName => _setup?.Identity.Name;

    /// <summary>0: not joined.</summary>
    public long SelfIncarnation { get; private set; }

    /// <summary>As the last accepted beat found them, gone ones too. Empty in a cluster of one.</summary>
    public IReadOnlyList<MemberRow> Members { get; private set; } = [];

    public StoreContact StoreContact { get; private set; }

    /// <summary>Time since the last accepted beat began; null before the first, and in a cluster of one.</summary>
    public TimeSpan? SinceLastBeat => null;

    /// <summary>Raised in the membership's actor after each accepted beat.</summary>
    public event Action<ClusterView>? BeatAccepted;

    /// <summary>Raised in the membership's actor when members came, went or changed.</summary>
    public event Action? ViewChanged;

    internal void RaiseBeatAccepted(ClusterView view) => BeatAccepted?.Invoke(view);

    internal void RaiseViewChanged() => ViewChanged?.Invoke();
}

/// <summary>How this node stands with the store.</summary>
public enum StoreContact
{
    /// <summary>A cluster of one has no store.</summary>
    Alone = 0,

    /// <summary>No beat was accepted yet.</summary>
    Joining,

    /// <summary>Beats are accepted.</summary>
    Current,

    /// <summary>Nobody reaches the store: what was owned stays owned.</summary>
    DownForAll,

    /// <summary>This node alone does not reach the store, or can't tell: it owns nothing.</summary>
    CutOff,

    /// <summary>This node has left.</summary>
    Left,
}
