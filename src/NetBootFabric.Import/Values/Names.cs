namespace NetBootFabric.Import.Values;

/// <summary>Which names the catalog takes.</summary>
internal static class Names
{
    /// <summary>Labels of letters, digits and hyphens joined by dots (RFC 1123 §2.1).</summary>
    public static bool IsHost(string name) => name.Length is >= 1 and <= 253 && name.Split('.').All(IsLabel);

    /// <summary>The nearest host name: without the dot of a full name, hyphens for underscores. Null: there is none so near.</summary>
    public static string? NearestHost(string name) => name.TrimEnd('.').Replace('_', '-') is var near && IsHost(near) ? near : null;

    public static bool IsGroup(string name) => name.Length is >= 1 and <= 64 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') && char.IsAsciiLetterOrDigit(name[0]);

    public static bool IsVariable(string name) => name.Length is >= 1 and <= 64 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    /// <summary>One line of printable text.</summary>
    public static bool IsVariableValue(string value) => value.Length <= 1024 && !value.Any(c => char.IsControl(c) || char.IsSurrogate(c));

    private static bool IsLabel(string label) =>
        label.Length is >= 1 and <= 63 && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') && label[0] != '-' && label[^1] != '-';
}
