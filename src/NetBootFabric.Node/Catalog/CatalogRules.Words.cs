namespace NetBootFabric.Node.Catalog;

internal sealed partial class CatalogRules
{
    private const int MostInVariable = 4096;

    /// <summary>Labels of letters, digits and hyphens joined by dots (RFC 1123 §2.1).</summary>
    public static bool IsHostName(string text) => text.Length <= 253 && text.Split('.').All(IsLabel);

    /// <summary>Of a group, a profile, a template or credentials: they are parts of paths and selectors.</summary>
    public static bool IsEntryName(string text) => text.Length is > 0 and <= 64 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '+');

    private static bool IsVariableName(string name) => name.Length is > 0 and <= 64 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static bool IsLine(string text) => !text.Any(c => char.IsControl(c) || c is '\u2028' or '\u2029');

    /// <summary>Of a BMC: a host with a port, or the URL of one of the systems that it manages.</summary>
    private static bool IsAddress(string text) => text.Length is > 0 and <= 260 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or ':' or '[' or ']' or '/');

    private static bool IsLabel(string label) =>
        label.Length is >= 1 and <= 63 && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') && label[0] != '-' && label[^1] != '-';
}
