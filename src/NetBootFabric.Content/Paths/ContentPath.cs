using System.Text;

namespace NetBootFabric.Content.Paths;

/// <summary>The one place where a name off the wire becomes a path relative to the root.</summary>
public static class ContentPath
{
    /// <summary>In characters, as sent. Linux' PATH_MAX is 4096; no loader asks for a quarter of it.</summary>
    public const int MaximumLength = 1024;

    /// <summary>
    /// Parts joined by single slashes, none of them <c>.</c> or <c>..</c>. Leading and doubled slashes go (shim asks for <c>//grubx64.efi</c>,
    /// TFTP clients for <c>/vmlinuz</c>), backslashes are slashes. False: the path climbs, names a directory, or holds what no file name here holds.
    /// </summary>
    public static bool TryNormalise(string path, out string normalised)
    {
        normalised = "";
        if (path.Length is 0 or > MaximumLength || !IsAllowed(path) || path[^1] is '/' or '\\') return false;
        if (IsNormal(path))
        {
            normalised = path;
            return true;
        }
        return Join(path, ref normalised);
    }

    /// <summary>False: octets of it were no UTF-8. Nothing here has such a name.</summary>
    public static bool IsText(string path) => !path.Contains('\uFFFD', StringComparison.Ordinal);

    private static bool Join(string path, ref string normalised)
    {
        var joined = new StringBuilder(path.Length);
        foreach (var part in path.Split(['/', '\\'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == "..") return false;
            if (part != ".") joined.Append(joined.Length == 0 ? "" : "/").Append(part);
        }
        normalised = joined.ToString();
        return joined.Length > 0 && !path.EndsWith("/.", StringComparison.Ordinal) && !path.EndsWith("\\.", StringComparison.Ordinal);
    }

    // Control characters of ASCII and Latin-1; halves of a surrogate pair and the replacement character come from broken UTF-8.
    private static bool IsAllowed(string path)
    {
        foreach (var c in path)
        {
            if (char.IsControl(c) || char.IsSurrogate(c) || c == '\uFFFD') return false;
        }
        return true;
    }

    // The usual case, without a copy: no part starts with a dot, and none is empty.
    private static bool IsNormal(string path)
    {
        var previous = '/';
        foreach (var c in path)
        {
            if (c == '\\' || (previous == '/' && c is '/' or '.')) return false;
            previous = c;
        }
        return true;
    }
}
