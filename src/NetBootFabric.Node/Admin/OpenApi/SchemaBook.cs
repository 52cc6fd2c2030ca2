using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace NetBootFabric.Node.Admin.OpenApi;

/// <summary>The schemas of the bodies, each once, by the name of its record.</summary>
internal sealed class SchemaBook
{
    private static readonly JsonSchemaExporterOptions Options = new() { TreatNullObliviousAsNonNullable = true };

    /// <summary>As in components/schemas of the document.</summary>
    public JsonObject Schemas { get; } = [];

    /// <summary>What stands for a type where it is used.</summary>
    public JsonObject For(JsonTypeInfo type)
    {
        if (type is { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } element }) return new JsonObject { ["type"] = "array", ["items"] = For(type.Options.GetTypeInfo(element)) };
        var name = type.Type.Name;
        if (!Schemas.ContainsKey(name)) Schemas.Add(name, Rooted(type.GetJsonSchemaAsNode(Options), $"#/components/schemas/{name}"));
        return new JsonObject { ["$ref"] = $"#/components/schemas/{name}" };
    }

    /// <summary>A schema's references begin at its own root, which is deeper in this document.</summary>
    private static JsonNode Rooted(JsonNode schema, string root)
    {
        foreach (var child in Children(schema))
        {
            if (child is JsonObject { } reference && reference["$ref"] is JsonValue value && value.GetValueKind() == JsonValueKind.String) reference["$ref"] = root + value.GetValue<string>()[1..];
            else Rooted(child, root);
        }
        return schema;
    }

    private static IEnumerable<JsonNode> Children(JsonNode node) => node switch
    {
        JsonObject members => members.Select(member => member.Value).OfType<JsonNode>().ToList(),
        JsonArray items => items.OfType<JsonNode>().ToList(),
        _ => [],
    };
}
