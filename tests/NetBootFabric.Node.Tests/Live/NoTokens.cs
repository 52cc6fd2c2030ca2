using NetBootFabric.Node.Access;

namespace NetBootFabric.Node.Tests.Live;

/// <summary>Only root's own token counts.</summary>
internal sealed class NoTokens : ITokenBook
{
    public event Action? Changed
    {
        add { }
        remove { }
    }

    public AccessToken? Find(string hash) => null;

    public Task<AccessToken?> LookAgainAsync(string hash, CancellationToken cancellation) => Task.FromResult<AccessToken?>(null);
}
