using NetBootFabric.Content.Files;

namespace NetBootFabric.Content.KernelImages;

/// <summary>A run of octets in an image: from memory, from a file, or zeros when neither is there.</summary>
internal readonly record struct Segment(long Start, long Length, ReadOnlyMemory<byte> Bytes = default, OpenFile? File = null)
{
    public long End => Start + Length;

    /// <summary>Reads from <paramref name="offset"/> in the image, inside this segment. False when the file lacks the octets by now.</summary>
    public bool Read(long offset, Span<byte> destination)
    {
        var at = offset - Start;
        if (File is not null) return File.Read(at, destination) == destination.Length;
        if (Bytes.IsEmpty) destination.Clear();
        else Bytes.Span.Slice((int)at, destination.Length).CopyTo(destination);
        return true;
    }
}
