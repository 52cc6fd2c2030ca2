using NetBootFabric.Node.Catalog;
using NetBootFabric.Node.Configuration.Yaml;

namespace NetBootFabric.Node.Configuration;

internal sealed partial class Values
{
    /// <summary>IFNAMSIZ of Linux, less the final NUL.</summary>
    private const int InterfaceNameLength = 15;

    /// <summary>A host or domain name: labels of letters, digits and hyphens joined by dots (RFC 1123 §2.1).</summary>
    public string? Name(YamlValue? value, string name)
    {
        if (Text(value, name) is not { } text) return null;
        if (CatalogRules.IsHostName(text)) return text;
        mistakes.Add(value!.At, $"'{text}' is no host name", "write letters, digits and hyphens, like n001");
        return null;
    }

    public string? Interface(YamlValue value)
    {
        if (Text(value, "interfaces") is not { } text) return null;
        if (text.Length <= InterfaceNameLength && !text.Any(c => c == '/' || char.IsWhiteSpace(c))) return text;
        mistakes.Add(value.At, $"'{text}' is no name of an interface", "write one that 'ip link' shows, like eth1");
        return null;
    }
}
