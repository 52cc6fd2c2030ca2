namespace NetBootFabric.Node.Access;

/// <summary>A head node whose store keeps none.</summary>
internal sealed class NoTokens : ITokenBook
{
    public static readonly NoTokens Instance = new();

    public ValueTask<AccessToken?> FindAsync(string hash, CancellationToken cancellation) => default;

    public ValueTask<AccessToken?> LookAgainAsync(string hash, CancellationToken cancellation) => default;
}
