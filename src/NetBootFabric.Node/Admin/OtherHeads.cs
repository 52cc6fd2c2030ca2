using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using NetBootFabric.Cluster.Heads;

namespace NetBootFabric.Node.Admin;

/// <summary>Asks the other head nodes the same question; those that don't answer in time are left out.</summary>
/// <param name="membership">Null: this head node is alone.</param>
internal sealed class OtherHeads(FabricMembership? membership)
{
    /// <param name="path">Of the admin API, with its query; an <see cref="IHeadPart"/> answers it there.</param>
    public async Task<IReadOnlyList<T>> AskAsync<T>(string path, JsonTypeInfo<T> type)
    {
        if (membership is null) return [];
        var answers = await membership.AskOthersAsync(path);
        return [.. answers.Where(answer => answer.Status == 200).Select(answer => JsonSerializer.Deserialize(answer.Json, type)).OfType<T>()];
    }
}
