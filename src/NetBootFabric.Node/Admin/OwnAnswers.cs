using NetBootFabric.AdminApi;

namespace NetBootFabric.Node.Admin;

/// <summary>Clients and shards of this head node, and its own leave.</summary>
internal sealed class OwnAnswers(AdminQueries own, Func<string, Task<string?>> leave, string node) : IHeadPart
{
    public async ValueTask<HeadReply?> AnswerAsync(HeadRequest request)
    {
        if (request.Path == AdminRoutes.Leave + node) return new HeadReply(await leave(node) is null ? 200 : 409, "null");
        if (request.Path == AdminRoutes.Clients) return HeadReply.Found(own.Clients(ClientFilter.Parse(request.Query, out _) ?? ClientFilter.All), AdminJson.Default.IReadOnlyListClientSummary);
        if (request.Path == AdminRoutes.Shards) return HeadReply.Found(own.Shards(), AdminJson.Default.IReadOnlyListShardView);
        if (request.After(AdminRoutes.Client) is not { } who || who.Contains('/', StringComparison.Ordinal)) return null;
        return own.Client(who) is { } client ? HeadReply.Found(client, AdminJson.Default.ClientDetail) : HeadReply.NotFound;
    }
}
