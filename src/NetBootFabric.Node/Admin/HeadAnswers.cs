using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using NetBootFabric.AdminApi;
using NetBootFabric.Cluster.Heads;

namespace NetBootFabric.Node.Admin;

/// <summary>Answers what another head node asks in the name of its operator: about this head node alone.</summary>
internal sealed class HeadAnswers(AdminQueries own, Func<string, Task<string?>> leave, string node)
{
    public async Task<HeadAnswer> AnswerAsync(string question)
    {
        var (path, query) = question.Split('?', 2) is [var before, var after] ? (before, after) : (question, null);
        if (path == AdminRoutes.Leave + node) return new HeadAnswer(node, await leave(node) is null ? 200 : 409, "null");
        return path switch
        {
            AdminRoutes.Clients => Found(own.Clients(Phase(query)), AdminJson.Default.IReadOnlyListClientSummary),
            AdminRoutes.Shards => Found(own.Shards(), AdminJson.Default.IReadOnlyListShardView),
            _ when path.StartsWith(AdminRoutes.Client, StringComparison.Ordinal) => Client(Uri.UnescapeDataString(path[AdminRoutes.Client.Length..])),
            _ => new HeadAnswer(node, 404, "null"),
        };
    }

    private HeadAnswer Client(string who) => own.Client(who) is { } client ? Found(client, AdminJson.Default.ClientDetail) : new HeadAnswer(node, 404, "null");

    private HeadAnswer Found<T>(T value, JsonTypeInfo<T> type) => new(node, 200, JsonSerializer.Serialize(value, type));

    private static string? Phase(string? query) => query?.Split('=', 2) is ["phase", var phase] ? Uri.UnescapeDataString(phase) : null;
}
