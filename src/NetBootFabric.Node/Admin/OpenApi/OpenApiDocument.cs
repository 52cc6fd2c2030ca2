using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using NetBootFabric.AdminApi;
using NetBootFabric.AdminApi.Access;
using NetBootFabric.Node.Access;
using NetBootFabric.Node.Wiring;

namespace NetBootFabric.Node.Admin.OpenApi;

/// <summary>The OpenAPI 3.1 document, made from the calls that there are and the lines of <see cref="CallTable"/>.</summary>
internal static class OpenApiDocument
{
    private const string Bearer = "token";
    private const string Cookie = "session";

    public static JsonObject Of(IEnumerable<Endpoint> endpoints)
    {
        var schemas = new SchemaBook();
        var paths = new JsonObject();
        foreach (var (call, method) in Calls(endpoints))
        {
            var path = PathOf(call);
            if (paths[path] is not JsonObject methods) paths[path] = methods = [];
            methods[method.ToLowerInvariant()] = Operation(call, method, path, schemas);
        }
        schemas.For(AdminJson.Default.ApiError);
        return new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject { ["title"] = "NetBoot Fabric", ["version"] = Product.Version, ["description"] = "Operators see and steer every boot. Any head node answers for the whole fabric." },
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = schemas.Schemas,
                ["securitySchemes"] = new JsonObject
                {
                    [Bearer] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["description"] = "Made by pbm token new" },
                    [Cookie] = new JsonObject { ["type"] = "apiKey", ["in"] = "cookie", ["name"] = $"netboot-fabric-{AdminRoutes.DefaultPort}", ["description"] = $"Of a browser that signed in; a call that changes something then needs {AccessRoutes.RequestedWithHeader}: {AccessRoutes.RequestedWith}" },
                },
            },
        };
    }

    /// <summary>Every call of the API; the page's files are none, nor is the answer to what is not there.</summary>
    public static IEnumerable<(RouteEndpoint Call, string Method)> Calls(IEnumerable<Endpoint> endpoints) =>
        from call in endpoints.OfType<RouteEndpoint>()
        where !call.RoutePattern.Parameters.Any(parameter => parameter.IsCatchAll)
        where call.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal) || call.RoutePattern.RawText.StartsWith("/healthz/", StringComparison.Ordinal) || !NeededRole.IsOpen(call)
        from method in call.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
        orderby call.RoutePattern.RawText, method
        select (call, method);

    /// <summary>Without what a route says of its parameters.</summary>
    public static string PathOf(RouteEndpoint call) => "/" + string.Join('/', call.RoutePattern.PathSegments.Select(segment =>
        string.Concat(segment.Parts.Select(part => part is RoutePatternParameterPart parameter ? $"{{{parameter.Name}}}" : ((RoutePatternLiteralPart)part).Content))));

    private static JsonObject Operation(RouteEndpoint call, string method, string path, SchemaBook schemas)
    {
        var text = CallTable.Calls.GetValueOrDefault($"{method} {path}") ?? new CallText("");
        var isOpen = NeededRole.IsOpen(call);
        var operation = new JsonObject
        {
            ["summary"] = text.Says,
            ["description"] = isOpen ? "Needs no token." : $"Needs the role {AccessToken.Word(NeededRole.Of(call))}.",
            ["security"] = isOpen ? new JsonArray() : new JsonArray(new JsonObject { [Bearer] = new JsonArray() }, new JsonObject { [Cookie] = new JsonArray() }),
            ["parameters"] = Parameters(call),
            ["responses"] = new JsonObject
            {
                [text.Status.ToString(CultureInfo.InvariantCulture)] = Answer(text, schemas),
                ["default"] = new JsonObject { ["description"] = "Refused: a sentence that says what to do", ["content"] = Json(schemas.For(AdminJson.Default.ApiError)) },
            },
        };
        if (!isOpen) operation["x-role"] = AccessToken.Word(NeededRole.Of(call));
        if (text.Takes is { } body) operation["requestBody"] = new JsonObject { ["required"] = true, ["content"] = Json(schemas.For(body)) };
        return operation;
    }

    private static JsonObject Answer(CallText text, SchemaBook schemas)
    {
        var answer = new JsonObject { ["description"] = text.Status == 204 ? "Done" : text.Says };
        if (text.Answers is { } type) answer["content"] = Json(schemas.For(type), text.Media);
        else if (text.Media is { } media) answer["content"] = new JsonObject { [media] = new JsonObject() };
        return answer;
    }

    private static JsonObject Json(JsonObject schema, string? media = null) => new() { [media ?? "application/json"] = new JsonObject { ["schema"] = schema } };

    private static JsonArray Parameters(RouteEndpoint call)
    {
        var inPath = call.RoutePattern.Parameters.Select(parameter => parameter.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var inQuery = (call.Metadata.GetMetadata<MethodInfo>()?.GetParameters() ?? []).Where(parameter => !inPath.Contains(parameter.Name!) && TypeOf(parameter.ParameterType) is not null);
        return
        [
            .. call.RoutePattern.Parameters.Select(parameter => Parameter(parameter.Name, "path", required: true, "string")),
            .. inQuery.Select(parameter => Parameter(parameter.Name!, "query", required: false, TypeOf(parameter.ParameterType)!)),
        ];
    }

    private static JsonNode Parameter(string name, string where, bool required, string type) =>
        new JsonObject { ["name"] = name, ["in"] = where, ["required"] = required, ["schema"] = new JsonObject { ["type"] = type } };

    /// <summary>Null: no value of a query.</summary>
    private static string? TypeOf(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string)) return "string";
        if (type == typeof(bool)) return "boolean";
        if (type == typeof(int) || type == typeof(long)) return "integer";
        return type == typeof(double) ? "number" : null;
    }
}
