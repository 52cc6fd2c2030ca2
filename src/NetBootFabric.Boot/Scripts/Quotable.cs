namespace NetBootFabric.Boot.Scripts;

/// <summary>
/// What may stand in every boot loader's language alike. iPXE and PXELINUX know no quoting, and GRUB hands a backslash on
/// doubled, so what would need an escape is refused instead of escaped.
/// </summary>
internal static class Quotable
{
    /// <summary>Printable ASCII but the blank, both quotes and the backslash.</summary>
    public static bool IsInsideWord(char c) => c is > ' ' and < '\x7f' and not ('"' or '\'' or '\\');

    /// <summary>For messages and comments: at most 64 characters, each unsafe one as '?'.</summary>
    public static string Show(string text) =>
        string.Create(Math.Min(text.Length, 64), text, static (shown, text) =>
        {
            for (var i = 0; i < shown.Length; i++)
                shown[i] = char.IsAsciiLetterOrDigit(text[i]) || text[i] is '.' or '-' or '_' or ':' ? text[i] : '?';
        });
}
