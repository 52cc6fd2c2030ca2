namespace NetBootFabric.EndToEnd.Tests.Lab;

/// <summary>A text that somebody else is still writing.</summary>
internal static class TextFile
{
    public static string Read(string path)
    {
        if (!File.Exists(path)) return "";
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        return reader.ReadToEnd().Replace("\r", "", StringComparison.Ordinal);
    }

    /// <summary>The last lines, for a failure's message.</summary>
    public static string Tail(string path, int lines = 25) =>
        $"--- {path}\n{string.Join('\n', Read(path).Split('\n').Where(line => line.Length > 0).TakeLast(lines))}\n";
}
