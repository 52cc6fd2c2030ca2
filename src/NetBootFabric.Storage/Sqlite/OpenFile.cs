using NetBootFabric.Storage.Writing;

namespace NetBootFabric.Storage.Sqlite;

/// <summary>
/// The database file, as this process has it open. A file that was deleted, or that another took the place of, can be written on for ever, and all of it is lost at the end: the
/// kernel tells by the name of the descriptor (proc(5), /proc/pid/fd). A descriptor of our own would not do: closing it would end SQLite's locks.
/// </summary>
internal sealed class OpenFile
{
    private const string Descriptors = "/proc/self/fd";

    private readonly string _path;
    private readonly string? _descriptor;
    private readonly string? _name;

    private OpenFile(string path, string? descriptor)
    {
        _path = path;
        _descriptor = descriptor;
        _name = descriptor is null ? null : NameOf(descriptor);
    }

    /// <summary>What is open at this moment, descriptor and name: numbers are used again.</summary>
    public static IReadOnlySet<(string Descriptor, string? Name)> All() =>
        Directory.Exists(Descriptors) ? Directory.GetFileSystemEntries(Descriptors).Select(descriptor => (descriptor, NameOf(descriptor))).ToHashSet() : new HashSet<(string, string?)>();

    /// <param name="before">What was open before the database was.</param>
    public static OpenFile Find(string path, IReadOnlySet<(string, string?)> before)
    {
        var opened = All().Where(open => !before.Contains(open)).ToLookup(open => open.Name, open => open.Descriptor);
        var descriptor = opened[path].FirstOrDefault() // else the path leads through a symbolic link
            ?? opened.FirstOrDefault(same => same.Key is { } name && Path.GetFileName(name) == Path.GetFileName(path))?.First();
        return new OpenFile(path, descriptor);
    }

    /// <exception cref="StoreUnavailableException">It is there no more, under its name.</exception>
    public void Check()
    {
        if (_descriptor is null || NameOf(_descriptor) == _name) return;
        throw new StoreUnavailableException(
            $"{_path} was deleted, moved or replaced while netbootd uses it, so that what is written now would be lost. Move it back; or restart netbootd, which goes on with the file that is there then, or a new one");
    }

    private static string? NameOf(string descriptor)
    {
        try
        {
            return new FileInfo(descriptor).LinkTarget;
        }
        catch (IOException)
        {
            return null; // closed meanwhile
        }
    }
}
