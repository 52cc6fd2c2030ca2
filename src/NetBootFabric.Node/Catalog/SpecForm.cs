using NetBootFabric.AdminApi.Catalog;
using NetBootFabric.Wire;

namespace NetBootFabric.Node.Catalog;

/// <summary>The one form in which entries are kept, however they were written.</summary>
internal static class SpecForm
{
    /// <summary>A MAC address as the catalog's key; null: it is none of a machine.</summary>
    public static string? KeyOf(string mac) => CatalogRules.TryParseMac(mac, out var parsed) ? parsed.ToString() : null;

    public static NodeSpec Of(NodeSpec node) => node with
    {
        Mac = KeyOf(node.Mac) ?? node.Mac,
        Ip = Listed(node.Ip, static text => Ipv4Address.TryParse(text, out var address) ? address.ToString() : text),
        Cards = Listed(node.Cards, static text => KeyOf(text) ?? text),
        Bmc = node.Bmc is { Address: null, Protocol: null, Credentials: null } ? null : node.Bmc,
    };

    /// <summary>The parts of a value that may name several things.</summary>
    public static string[] Parts(string? text) => text?.Split((char[])[',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static string? Listed(string? text, Func<string, string> form) => Parts(text) is { Length: > 0 } parts ? string.Join(", ", parts.Select(form)) : text;

    /// <summary>YAML may fold it over several lines; a loader wants one.</summary>
    public static ProfileSpec Of(ProfileSpec profile) => profile with
    {
        Cmdline = string.Join(' ', profile.Cmdline.Split((char[])['\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)),
        Templates = profile.Templates.ToDictionary(template => template.Key, template => template.Value.ReplaceLineEndings("\n")),
    };

    public static CatalogDocument Of(CatalogDocument document) => document with { Profiles = [.. document.Profiles.Select(Of)], Nodes = [.. document.Nodes.Select(Of)] };
}
