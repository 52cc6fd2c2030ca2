using System.Text;
using NetBootFabric.Boot.Content;
using NetBootFabric.Content.Files;

namespace NetBootFabric.Content.Rendering;

/// <summary>A script or configuration made for one client.</summary>
internal sealed class RenderedContent(string text, DateTimeOffset at) : BootContent
{
    private readonly byte[] _bytes = Encoding.ASCII.GetBytes(text);

    public override long Length => _bytes.Length;
    public override ContentRole Role => ContentRole.Script;
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
