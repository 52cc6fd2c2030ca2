using System.Collections.Frozen;
using NetBootFabric.Sockets;

namespace NetBootFabric.Content.Files;

/// <summary>
/// What stands in the folders below the root, for names that are written in another case: Windows' boot manager asks for
/// <c>/boot/bcd</c> where <c>Boot/BCD</c> is. A folder is read again when its time of modification has changed.
/// </summary>
/// <param name="root">An absolute path.</param>
internal sealed class FolderNames(string root)
{
    /// <summary>In folders of more names than that nobody looks for another spelling.</summary>
    private const int MostNames = 5000;

    /// <summary>Folders that are remembered; one more, and all are forgotten.</summary>
    private const int MostFolders = 256;

    private readonly Dictionary<string, Known> _folders = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    /// <summary>
    /// The one name on the disk that is <paramref name="path"/> but for the case of its letters, in each of its folders. Null: there is
    /// none, or more than one.
    /// </summary>
    public string? Spelled(string path)
    {
        var found = "";
        foreach (var part in path.Split('/'))
        {
            if (Look(found)?.GetValueOrDefault(part) is not { Length: > 0 } name) return null;
            found = found.Length == 0 ? name : $"{found}/{name}";
        }
        return found;
    }

    private FrozenDictionary<string, string>? Look(string folder)
    {
        var path = Path.Combine(root, folder);
        if (FileStatus.Read(FileStatus.Encode(path), out var status) != Errno.None || !status.IsFolder) return null;
        lock (_gate)
        {
            if (_folders.TryGetValue(folder, out var known) && known.ModifiedUtc == status.ModifiedUtc) return known.Names;
            if (_folders.Count >= MostFolders) _folders.Clear();
            var names = Read(path);
            _folders[folder] = new Known(status.ModifiedUtc, names);
            return names;
        }
    }

    /// <summary>By the name in any case; empty where several are the same but for that.</summary>
    private static FrozenDictionary<string, string>? Read(string path)
    {
        try
        {
            var all = Directory.EnumerateFileSystemEntries(path).Take(MostNames + 1).Select(Path.GetFileName).OfType<string>().ToList();
            if (all.Count > MostNames) return null;
            return all.GroupBy(name => name, StringComparer.OrdinalIgnoreCase)
                .ToFrozenDictionary(same => same.Key, same => same.Count() == 1 ? same.First() : "", StringComparer.OrdinalIgnoreCase);
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private sealed record Known(DateTime ModifiedUtc, FrozenDictionary<string, string>? Names);
}
