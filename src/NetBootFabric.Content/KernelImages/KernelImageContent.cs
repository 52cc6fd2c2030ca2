using NetBootFabric.Boot.Content;
using NetBootFabric.Content.Files;

namespace NetBootFabric.Content.KernelImages;

/// <summary>A unified kernel image that exists nowhere as a whole: headers and command line from memory, kernel and initrds from their files.</summary>
internal sealed class KernelImageContent(KernelImageLayout layout, byte[] commandLine, KernelImageParts parts, string eTag) : BootContent
{
    private readonly Segment[] _segments = Segments(layout, commandLine, parts);
    private int _disposed;

    public override long Length => layout.Length;
    public override ContentRole Role => ContentRole.KernelAndInitrd;
    public override string ETag => eTag;
    public override DateTimeOffset LastModified => parts.LastModified;
    public override string MediaType => MediaTypes.Efi;

    public override int Read(long offset, Span<byte> destination)
    {
        var read = 0;
        foreach (var segment in _segments)
        {
            if (read == destination.Length) break;
            if (offset + read < segment.Start || offset + read >= segment.End) continue;
            var count = (int)Math.Min(segment.End - (offset + read), destination.Length - read);
            if (!segment.Read(offset + read, destination.Slice(read, count))) break;
            read += count;
        }
        return read;
    }

    public override bool TryStretch(long offset, out FileStretch stretch)
    {
        stretch = default;
        foreach (var segment in _segments)
        {
            if (offset < segment.Start || offset >= segment.End) continue;
            if (segment.File is not { } file) return false;
            stretch = file.Stretch(offset - segment.Start, segment.End - offset);
            return true;
        }
        return false;
    }

    private static Segment[] Segments(KernelImageLayout layout, byte[] commandLine, KernelImageParts parts)
    {
        var segments = new List<Segment>
        {
            new(0, layout.Head.Length, layout.Head),
            new(layout.CommandLineOffset, commandLine.Length, commandLine),
        };
        Append(segments, layout.KernelOffset, parts.Kernel);
        var at = layout.InitrdOffset;
        foreach (var initrd in parts.Initrds)
        {
            Append(segments, at, initrd);
            at += KernelImageParts.Padded(initrd.Stamp.Length);
        }
        Fill(segments, layout.Length);
        return [.. segments];
    }

    // What lies between the last part and the next is zeros.
    private static void Append(List<Segment> segments, long at, OpenFile file)
    {
        Fill(segments, at);
        segments.Add(new(at, file.Stamp.Length, File: file));
    }

    private static void Fill(List<Segment> segments, long to)
    {
        var end = segments[^1].End;
        if (to > end) segments.Add(new(end, to - end));
    }

    protected override void Dispose(bool disposing)
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0) parts.Dispose();
    }
}
