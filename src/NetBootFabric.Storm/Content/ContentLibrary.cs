namespace NetBootFabric.Storm.Content;

/// <summary>The files that downloads are compared with, read once each.</summary>
/// <param name="root">Null: nothing is compared.</param>
internal sealed class ContentLibrary(string? root)
{
    private readonly Dictionary<string, byte[]?> _files = new(StringComparer.Ordinal);
    private readonly string? _root = root is null ? null : Path.GetFullPath(root) + Path.DirectorySeparatorChar;

    /// <param name="path">As it was asked for, with or without a leading slash.</param>
    /// <returns>Null when there is no such file in the directory.</returns>
    public byte[]? Find(string path)
    {
        if (_root is null) return null;
        if (_files.TryGetValue(path, out var known)) return known;
        var name = Path.GetFullPath(Path.Combine(_root, Uri.UnescapeDataString(path).TrimStart('/')));
        var octets = name.StartsWith(_root, StringComparison.Ordinal) && File.Exists(name) ? File.ReadAllBytes(name) : null;
        return _files[path] = octets;
    }
}
