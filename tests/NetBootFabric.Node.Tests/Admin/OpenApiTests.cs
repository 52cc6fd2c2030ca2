using System.Text.Json;
using System.Text.Json.Nodes;
using NetBootFabric.AdminApi;
using NetBootFabric.AdminApi.Access;
using NetBootFabric.Node.Admin.OpenApi;

namespace NetBootFabric.Node.Tests.Admin;

public sealed class OpenApiTests : IAsyncLifetime
{
    private LiveAdmin _admin = null!;
    private HttpClient _http = null!;
    private JsonObject _document = null!;

    public async Task InitializeAsync()
    {
        _admin = await LiveAdmin.StartAsync();
        _http = _admin.Client();
        _document = JsonNode.Parse(await _http.GetStringAsync(AccessRoutes.OpenApi))!.AsObject();
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _admin.DisposeAsync();
    }

    [Fact]
    public void Each_call_is_there_with_what_it_does_needs_and_answers()
    {
        Assert.Equal("3.1.0", (string?)_document["openapi"]);
        foreach (var (call, method) in OpenApiDocument.Calls(_admin.Calls))
        {
            var name = $"{method} {OpenApiDocument.PathOf(call)}";
            Assert.True(CallTable.Calls.ContainsKey(name), $"{name} has no line in CallTable: say there what it does, takes and answers");
            var operation = _document["paths"]![OpenApiDocument.PathOf(call)]![method.ToLowerInvariant()]!;
            Assert.NotEmpty((string)operation["summary"]!);
            Assert.Equal(call.RoutePattern.Parameters.Select(parameter => parameter.Name), operation["parameters"]!.AsArray().Where(each => (string?)each!["in"] == "path").Select(each => (string)each!["name"]!));
        }
    }

    [Fact]
    public void Each_reference_leads_to_a_schema()
    {
        var missing = References(_document).Where(reference => Resolve(reference) is null);
        Assert.Empty(missing);
    }

    [Theory]
    [InlineData(AdminRoutes.Status)]
    [InlineData(AdminRoutes.Clients)]
    [InlineData(AdminRoutes.Cluster)]
    [InlineData("/api/v1/nodes")]
    [InlineData(AccessRoutes.Session)]
    public async Task An_answer_is_as_its_schema_says(string path)
    {
        var answer = JsonNode.Parse(await _http.GetStringAsync(path));
        var schema = _document["paths"]![path]!["get"]!["responses"]!["200"]!["content"]!["application/json"]!["schema"]!;
        Assert.Empty(Differences(answer, schema, path));
    }

    [Fact]
    public void A_difference_from_the_schema_is_seen() =>
        Assert.NotEmpty(Differences(JsonNode.Parse("""{ "node": 1 }"""), Resolve("#/components/schemas/StatusView")!, "status"));

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => member is { Key: "$ref", Value: JsonValue value } ? [(string)value!] : References(member.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };

    private JsonNode? Resolve(string reference) =>
        reference.Split('/').Skip(1).Aggregate((JsonNode?)_document, (node, step) => node is JsonArray items ? items[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)] : node?[step]);

    /// <summary>As much of JSON Schema as the document uses.</summary>
    private IEnumerable<string> Differences(JsonNode? value, JsonNode schema, string at)
    {
        if (schema is not JsonObject rules) return [];
        if ((string?)rules["$ref"] is { } reference) return Differences(value, Resolve(reference)!, at);
        var types = rules["type"] is JsonArray several ? several.Select(each => (string)each!).ToList() : rules["type"] is { } one ? [(string)one!] : [];
        if (types.Count > 0 && !types.Exists(type => Is(value, type))) return [$"{at} is no {string.Join(" or ", types)}"];
        return value switch
        {
            JsonObject members => Differences(members, rules, at),
            JsonArray items when rules["items"] is { } item => items.SelectMany((each, i) => Differences(each, item, $"{at}[{i}]")),
            _ => [],
        };
    }

    private IEnumerable<string> Differences(JsonObject members, JsonObject rules, string at)
    {
        foreach (var required in rules["required"]?.AsArray() ?? [])
            if (!members.ContainsKey((string)required!)) yield return $"{at} has no {required}";
        foreach (var (name, member) in members)
        {
            var rule = rules["properties"]?[name] ?? rules["additionalProperties"];
            if (rule is null && rules["properties"] is not null) yield return $"{at}.{name} is not in the schema";
            if (rule is not null)
                foreach (var difference in Differences(member, rule, $"{at}.{name}")) yield return difference;
        }
    }

    private static bool Is(JsonNode? value, string type) => value?.GetValueKind() switch
    {
        null => type == "null",
        JsonValueKind.Object => type == "object",
        JsonValueKind.Array => type == "array",
        JsonValueKind.String => type == "string",
        JsonValueKind.Number => type is "number" or "integer",
        _ => type == "boolean",
    };
}
