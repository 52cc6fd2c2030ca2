using System.Buffers.Binary;
using System.Security.Cryptography;
using NetBootFabric.Boot.Content;

namespace NetBootFabric.Boot.Transfers;

/// <summary>
/// Tells contents of the same length apart without reading all of them: a hash of the beginning, the middle and the end. Kernels say their
/// build in the first, and what is compressed differs to its end once it differs at all.
/// </summary>
public static class ContentSample
{
    private const int Part = 16 * 1024;

    /// <exception cref="IOException">It can't be read.</exception>
    public static ulong Of(BootContent content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> part = stackalloc byte[Part];
        Span<byte> result = stackalloc byte[SHA256.HashSizeInBytes];
        long[] offsets = content.Length <= Part ? [0] : [0, (content.Length - Part) / 2, content.Length - Part];
        foreach (var offset in offsets) hash.AppendData(part[..content.Read(offset, part)]);
        hash.GetHashAndReset(result);
        return BinaryPrimitives.ReadUInt64BigEndian(result);
    }
}
