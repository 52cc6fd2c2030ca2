using System.Text.Json;

namespace NetBootFabric.Power.Redfish;

/// <summary>Reading what may be there: services leave out what they like.</summary>
internal static class Json
{
    /// <summary>Undefined when it is not there.</summary>
    public static JsonElement Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : default;

    public static string? Text(this JsonElement element, string name) => element.Member(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    public static IEnumerable<JsonElement> Items(this JsonElement element) => element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : [];

    /// <summary>The resource that a member names.</summary>
    public static string? Link(this JsonElement element, string name) => element.Member(name).Text("@odata.id");

    public static IReadOnlyList<string> Words(this JsonElement element) => [.. element.Items().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)];
}
