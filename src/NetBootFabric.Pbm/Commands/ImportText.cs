using NetBootFabric.Pbm.Api;

namespace NetBootFabric.Pbm.Commands;

/// <summary>Files that are sent as one, and which line of it is whose.</summary>
internal sealed class ImportText
{
    private readonly List<(string Name, int FirstLine)> _files = [];

    public byte[] Bytes { get; private init; } = [];

    /// <summary>Of the first file.</summary>
    public string Name => _files[0].Name;

    /// <exception cref="AdminException">One of them can't be read.</exception>
    public static ImportText Read(IReadOnlyList<string> names)
    {
        using var all = new MemoryStream();
        var files = new List<(string, int)>();
        var line = 1;
        foreach (var name in names)
        {
            files.Add((name, line));
            var bytes = Read(name);
            all.Write(bytes);
            line += bytes.AsSpan().Count((byte)'\n');
            if (names.Count == 1 || bytes.Length == 0 || bytes[^1] == '\n') continue;
            all.WriteByte((byte)'\n');
            line++;
        }
        var text = new ImportText { Bytes = all.ToArray() };
        text._files.AddRange(files);
        return text;
    }

    /// <summary>The line as an editor shows it; with the file's name when there are several.</summary>
    public string Place(int line)
    {
        if (line == 0) return "";
        var (name, first) = _files.Last(file => file.FirstLine <= line);
        return _files.Count == 1 ? $"{line}" : $"{Path.GetFileName(name)}:{line - first + 1}";
    }

    private static byte[] Read(string name)
    {
        try
        {
            if (name != "-") return File.ReadAllBytes(name);
            using var read = new MemoryStream();
            using var input = Console.OpenStandardInput();
            input.CopyTo(read);
            return read.ToArray();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new AdminException($"{name} can't be read: {error.Message}", AdminException.Refused);
        }
    }
}
