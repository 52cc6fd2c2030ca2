namespace NetBootFabric.Cluster.Membership;

/// <summary>How this node stands with the store.</summary>
internal enum StoreContact
{
    /// <summary>No beat was accepted yet.</summary>
    Joining = 0,

    /// <summary>Beats are accepted.</summary>
    Current,

    /// <summary>Nobody reaches the store: what was owned stays owned.</summary>
    DownForAll,

    /// <summary>This node alone does not reach the store, or can't tell: it owns nothing.</summary>
    CutOff,

    /// <summary>This node has left.</summary>
    Left,
}
