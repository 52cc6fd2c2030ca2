using NetBootFabric.AdminApi.Catalog;
using NetBootFabric.AdminApi.Import;

namespace NetBootFabric.Import.Tests;

/// <summary>The files below Samples, written in each system's own syntax.</summary>
internal static class Sample
{
    public static byte[] Bytes(string name)
    {
        using var stream = typeof(Sample).Assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    public static Imported Read(ImportFormat format, params string[] names) => ImportReader.Read(format, names.SelectMany(Bytes).ToArray());

    public static Imported Text(ImportFormat format, string text) => ImportReader.Read(format, System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>One line a node: MAC, name, address, group, and variables.</summary>
    public static string Line(NodeSpec node) =>
        string.Join(' ', new[] { node.Mac, node.Name ?? "-", node.Ip ?? "-", node.Group ?? "-" }.Concat(node.Vars.OrderBy(each => each.Key, StringComparer.Ordinal).Select(each => $"{each.Key}={each.Value}")));

    public static string[] Lines(Imported imported) => [.. imported.Document.Nodes.Select(Line)];

    public static GroupSpec Group(Imported imported, string name) => imported.Document.Groups.Single(group => group.Name == name);

    public static ImportNote Note(Imported imported, string what) => imported.Notes.First(note => note.What.Contains(what, StringComparison.Ordinal));
}
