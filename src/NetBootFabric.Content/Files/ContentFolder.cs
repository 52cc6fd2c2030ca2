using System.Collections.Immutable;
using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Loaders;

namespace NetBootFabric.Content.Files;

/// <summary>The root of files, and behind it the distribution's own copies of the loaders.</summary>
internal sealed class ContentFolder(string root, int openFiles) : IDisposable
{
    private readonly string _root = Path.GetFullPath(root);
    private readonly FolderNames _names = new(Path.GetFullPath(root));
    private readonly OpenFiles _files = new(Path.GetFullPath(root), RealPath.OfFolder(root).TrimEnd('/') + "/", openFiles);
    private readonly OpenFiles _distribution = new("/", within: null, LoaderFiles.All.Length + 2); // and the stubs of kernel images

    /// <param name="path">Normalised, relative to the root.</param>
    public OpenFile? Open(string path, out ContentError error)
    {
        var file = _files.Open(path, out error);
        if (error != ContentError.NotFound || LoaderFiles.Find(path) is not { } loader) return file;
        return OpenUsual(loader.UsualPaths, out error);
    }

    /// <summary>
    /// As it is on the disk, where that differs from <paramref name="path"/> by the case of letters alone; null: nothing does, or several.
    /// </summary>
    public string? Spelled(string path) => _names.Spelled(path);

    /// <summary>A program's file: under the root by its served name, else where the distribution has it.</summary>
    public OpenFile? Open(LoaderFile program, out ContentError error)
    {
        var file = _files.Open(program.Name, out error);
        return error == ContentError.NotFound ? OpenUsual(program.UsualPaths, out error) : file;
    }

    /// <summary>In folders of more files than that nobody looks for a mistyped name.</summary>
    private const int NamesLookedAt = 2000;

    /// <summary>The name in the same folder that is most like one that is not there, or the same name in the root; null when there is none.</summary>
    public string? Nearest(string path)
    {
        var (folder, name) = (Path.GetDirectoryName(path) ?? "", Path.GetFileName(path));
        if (Names(folder) is { Count: > 0 } names && Boot.Naming.Nearest.Of(name, names) is { } nearest) return Path.Combine(folder, nearest);
        return folder.Length > 0 && Names("").Contains(name) ? name : null;
    }

    private List<string> Names(string folder)
    {
        try
        {
            return [.. Directory.EnumerateFiles(Path.Combine(_root, folder)).Take(NamesLookedAt).Select(Path.GetFileName).OfType<string>()];
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private OpenFile? OpenUsual(ImmutableArray<string> paths, out ContentError error)
    {
        error = ContentError.NotFound;
        foreach (var path in paths)
        {
            if (_distribution.Open(path, out error) is { } file) return file;
        }
        return null;
    }

    public void Dispose()
    {
        _files.Dispose();
        _distribution.Dispose();
    }
}
