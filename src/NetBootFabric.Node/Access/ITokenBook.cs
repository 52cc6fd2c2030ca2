namespace NetBootFabric.Node.Access;

/// <summary>The tokens that are in force.</summary>
internal interface ITokenBook
{
    /// <summary>Null: not known, as far as this head node has heard.</summary>
    AccessToken? Find(string hash);

    /// <summary>Looks in the store whether it was made a moment ago, elsewhere. Bounded in time.</summary>
    Task<AccessToken?> LookAgainAsync(string hash, CancellationToken cancellation);

    /// <summary>Some were made or removed.</summary>
    event Action? Changed;
}
