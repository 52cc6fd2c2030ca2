using System.Collections.Frozen;
using System.Collections.Immutable;
using NetBootFabric.AdminApi;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Node.Catalog;
using NetBootFabric.Storage.Writing;

namespace NetBootFabric.Node.Access;

/// <summary>The fabric's tokens: rows of the catalog, which tells all head nodes of a change at once. While the store is away, those that are known stay in force.</summary>
internal sealed class TokenKeeper : ITokenBook
{
    /// <summary>A caller waits no longer for a store that does not answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private readonly CatalogKeeper _catalog;
    private readonly TimeProvider _time;
    private volatile Known _known;

    public TokenKeeper(CatalogKeeper catalog, TimeProvider time)
    {
        (_catalog, _time) = (catalog, time);
        _known = new Known(catalog.Current.Tokens);
        catalog.Changed += Take;
    }

    public event Action? Changed;

    public IReadOnlyList<AccessToken> All => [.. _known.ByHash.Values.OrderBy(token => token.Name, StringComparer.Ordinal)];

    public AccessToken? Find(string hash) => _known.ByHash.GetValueOrDefault(hash);

    public async Task<AccessToken?> LookAgainAsync(string hash, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            await _catalog.RefreshAsync(limit.Token);
        }
        catch (Exception away) when (away is StoreUnavailableException or ItemRefusedException or OperationCanceledException)
        {
            // What is known counts.
        }
        return Find(hash);
    }

    /// <returns>The secret; null: there is a token of that name.</returns>
    /// <exception cref="StoreUnavailableException">It can't be written now.</exception>
    public async Task<string?> MakeAsync(string name, Role role, CancellationToken cancellation)
    {
        var secret = TokenSecret.New();
        var token = new AccessToken(name, role, TokenSecret.HashOf(secret)!, _time.GetUtcNow());
        var commit = await _catalog.CommitAsync([new CatalogChange(CatalogKind.Token, name, TokenRow.BodyOf(token), Expected: 0)], cancellation);
        return commit.Refused is null ? secret : null;
    }

    /// <returns>What was removed; null: there is none of that name.</returns>
    /// <exception cref="StoreUnavailableException">It can't be written now.</exception>
    public async Task<AccessToken?> RemoveAsync(string name, CancellationToken cancellation)
    {
        if (_known.ByHash.Values.FirstOrDefault(token => token.Name == name) is not { } there) return null;
        await _catalog.CommitAsync([new CatalogChange(CatalogKind.Token, name, null, Expected: null)], cancellation);
        return there;
    }

    private void Take(CatalogState catalog)
    {
        if (ReferenceEquals(catalog.Tokens, _known.Rows)) return;
        _known = new Known(catalog.Tokens);
        Changed?.Invoke();
    }

    private sealed class Known(ImmutableDictionary<string, CatalogRow> rows)
    {
        public ImmutableDictionary<string, CatalogRow> Rows { get; } = rows;

        public FrozenDictionary<string, AccessToken> ByHash { get; } = rows.Values.Select(TokenRow.Read).OfType<AccessToken>().DistinctBy(token => token.Hash).ToFrozenDictionary(token => token.Hash);
    }
}
