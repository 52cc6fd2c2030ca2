using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace NetBootFabric.Node.Admin;

/// <summary>Answers, for this head node alone, what others ask in the name of their operators: one feature's questions.</summary>
internal interface IHeadPart
{
    /// <summary>Null: this question is another part's.</summary>
    ValueTask<HeadReply?> AnswerAsync(HeadRequest request);
}

/// <summary>A question between head nodes: a path of the admin API with its query.</summary>
internal sealed record HeadRequest(string Path, IReadOnlyDictionary<string, string> Query)
{
    public static HeadRequest Parse(string question)
    {
        var (path, query) = question.Split('?', 2) is [var before, var after] ? (before, after) : (question, "");
        var pairs = query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2));
        return new HeadRequest(path, pairs.Where(pair => pair.Length == 2).DistinctBy(pair => pair[0]).ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1])));
    }

    /// <summary>What follows <paramref name="route"/> in the path; null when it is another path.</summary>
    public string? After(string route) => Path.StartsWith(route, StringComparison.Ordinal) ? Uri.UnescapeDataString(Path[route.Length..]) : null;
}

/// <param name="Status">As of HTTP.</param>
/// <param name="Json">The body.</param>
internal readonly record struct HeadReply(int Status, string Json)
{
    public static HeadReply NotFound { get; } = new(404, "null");

    public static HeadReply Found<T>(T value, JsonTypeInfo<T> type) => new(200, JsonSerializer.Serialize(value, type));
}
