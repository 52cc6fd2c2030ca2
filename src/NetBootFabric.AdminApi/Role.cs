namespace NetBootFabric.AdminApi;

/// <summary>What a caller of the admin API may do; each includes the ones before it.</summary>
public enum Role
{
    /// <summary>Looks: lists, streams, the page, metrics.</summary>
    Read,

    /// <summary>Changes what boots: nodes, groups, profiles, intents, power.</summary>
    Operate,

    /// <summary>Changes the fabric itself: tokens, reload, head nodes that leave.</summary>
    Admin,
}
