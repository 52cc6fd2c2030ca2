using Microsoft.Win32.SafeHandles;
using NetBootFabric.Boot.Content;
using NetBootFabric.Sockets;

namespace NetBootFabric.Tftp.Serving;

/// <summary>The files that a port sends from without reading them: each is mapped once, as long as a transfer needs it. One thread.</summary>
internal sealed class MappedFiles
{
    /// <summary>A mapping is made and taken back for the price of some ten reads.</summary>
    private const int Shortest = 64 * 1024;

    private readonly Dictionary<SafeFileHandle, MappedFile> _files = new(ReferenceEqualityComparer.Instance);
    private readonly List<MappedFile> _unused = [];

    /// <summary>Null: it has to be read, since it is short, or is made. The caller releases what it gets.</summary>
    public MappedFile? Hold(BootContent content)
    {
        if (content.Length < Shortest || !content.TryStretch(0, out var stretch) || stretch.Offset != 0 || stretch.Length < content.Length) return null;
        if (!_files.TryGetValue(stretch.File, out var file))
        {
            if (FileMapping.TryMap(stretch.File, content.Length) is not { } mapping) return null;
            _files.Add(stretch.File, file = new MappedFile(stretch.File, mapping));
        }
        file.Holders++;
        return file;
    }

    public void Release(MappedFile file)
    {
        if (--file.Holders > 0) return;
        _files.Remove(file.File);
        _unused.Add(file);
    }

    /// <summary>What is sent from them has left.</summary>
    public void Close()
    {
        foreach (var file in _unused) file.Mapping.Dispose();
        _unused.Clear();
    }
}

/// <param name="file">That it is a mapping of; may be closed.</param>
internal sealed class MappedFile(SafeFileHandle file, FileMapping mapping)
{
    public SafeFileHandle File => file;
    public FileMapping Mapping => mapping;
    public int Holders { get; set; }
}
