using System.Text;
using NetBootFabric.Boot.Content;
using NetBootFabric.Content.Files;

namespace NetBootFabric.Content.Rendering;

/// <summary>A script, configuration or other file made for one client.</summary>
internal sealed class RenderedContent(string text, ContentRole role, DateTimeOffset at) : BootContent
{
    private readonly byte[] _bytes = Encoding.UTF8.GetBytes(text);

    public override long Length => _bytes.Length;
    public override ContentRole Role => role;
    public override string ETag { get; } = ContentTag.Of(text);
    public override DateTimeOffset LastModified => at;
    public override string MediaType => MediaTypes.Text;

    public override int Read(long offset, Span<byte> destination)
    {
        if (offset >= _bytes.Length) return 0;
        var rest = _bytes.AsSpan((int)offset);
        var count = Math.Min(rest.Length, destination.Length);
        rest[..count].CopyTo(destination);
        return count;
    }
}
