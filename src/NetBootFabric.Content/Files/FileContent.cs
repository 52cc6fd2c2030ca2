using NetBootFabric.Boot.Content;

namespace NetBootFabric.Content.Files;

/// <summary>A file as it is.</summary>
internal sealed class FileContent(OpenFile file, ContentRole role) : BootContent
{
    private int _disposed;

    public override long Length => file.Stamp.Length;
    public override ContentRole Role => role;
    public override string ETag => file.ETag;
    public override DateTimeOffset LastModified => new(file.Stamp.ModifiedUtc);
    public override string MediaType => file.MediaType;

    public override int Read(long offset, Span<byte> destination) => file.Read(offset, destination[..(int)Math.Clamp(Length - offset, 0, destination.Length)]);

    public override bool TryStretch(long offset, out FileStretch stretch)
    {
        stretch = file.Stretch(offset, Length - offset);
        return offset < Length;
    }

    protected override void Dispose(bool disposing)
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0) file.Dispose();
    }
}
