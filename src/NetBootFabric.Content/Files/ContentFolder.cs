using System.Collections.Immutable;
using NetBootFabric.Boot.Content;
using NetBootFabric.Boot.Loaders;

namespace NetBootFabric.Content.Files;

/// <summary>The root of files, and behind it the distribution's own copies of the loaders.</summary>
internal sealed class ContentFolder(string root, int openFiles) : IDisposable
{
    private readonly string _root = Path.GetFullPath(root);
    private readonly string _realRoot = RealPath.OfFolder(root).TrimEnd('/') + "/";
    private readonly OpenFiles _files = new(openFiles);

    /// <param name="path">Normalised, relative to the root.</param>
    public OpenFile? Open(string path, out ContentError error)
    {
        var file = _files.Open(Path.Combine(_root, path), _realRoot, out error);
        if (error != ContentError.NotFound || LoaderFiles.Find(path) is not { } loader) return file;
        return OpenUsual(loader.UsualPaths, out error);
    }

    /// <summary>A program's file: under the root by its served name, else where the distribution has it.</summary>
    public OpenFile? Open(LoaderFile program, out ContentError error)
    {
        var file = _files.Open(Path.Combine(_root, program.Name), _realRoot, out error);
        return error == ContentError.NotFound ? OpenUsual(program.UsualPaths, out error) : file;
    }

    private OpenFile? OpenUsual(ImmutableArray<string> paths, out ContentError error)
    {
        error = ContentError.NotFound;
        foreach (var path in paths)
        {
            if (_files.Open(path, within: null, out error) is { } file) return file;
        }
        return null;
    }

    public void Dispose() => _files.Dispose();
}
