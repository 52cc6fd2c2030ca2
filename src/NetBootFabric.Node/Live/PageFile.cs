using System.Reflection;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace NetBootFabric.Node.Live;

/// <summary>One file of the page, as it is in the program.</summary>
/// <param name="Path">Where it is served; the page itself at /.</param>
/// <param name="Tag">From its content: a browser that has it asks whether it is still the same.</param>
internal sealed record PageFile(string Path, string Type, byte[] Bytes, EntityTagHeaderValue Tag)
{
    private const string Folder = "page/";

    public static IReadOnlyList<PageFile> All { get; } = [.. Assembly.GetExecutingAssembly().GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Select(Read)];

    private static PageFile Read(string resource)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var path = resource[Folder.Length..].Replace('\\', '/');
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes)[..8])}\"");
        return new PageFile(path == "index.html" ? "/" : $"/page/{path}", TypeOf(path), bytes, tag);
    }

    private static string TypeOf(string path) => System.IO.Path.GetExtension(path) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => "application/octet-stream",
    };
}
