using System.Text.Json.Nodes;

namespace NetBootFabric.AdminApi.Catalog;

/// <summary>
/// A change to nodes, as a JSON merge patch of a <see cref="NodeSpec"/> (RFC 7396): what is not there stays, null takes a value away. Giving <c>next</c> or <c>intent</c> the value that it
/// has arms it again.
/// </summary>
public sealed class NodePatch
{
    private readonly JsonObject _body = [];

    /// <summary>Sets a key, or one inside another as <c>vars.rack</c>; null takes it away.</summary>
    public NodePatch Set(string key, string? value)
    {
        var at = key.IndexOf('.', StringComparison.Ordinal);
        if (at < 0) _body[key] = value;
        else Inner(key[..at])[key[(at + 1)..]] = value;
        return this;
    }

    public string ToJson() => _body.ToJsonString();

    private JsonObject Inner(string key)
    {
        if (_body[key] is JsonObject there) return there;
        var inner = new JsonObject();
        _body[key] = inner;
        return inner;
    }
}
