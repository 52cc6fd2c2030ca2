using System.Buffers.Binary;

namespace NetBootFabric.Wire.Ip;

/// <summary>The one's complement sum of 16-bit words (RFC 1071).</summary>
public static class InternetChecksum
{
    /// <summary>The checksum of octets whose checksum field is zero; 0 when the field holds the right one.</summary>
    /// <param name="bytes">An odd last octet counts as the high half of a word.</param>
    /// <param name="sum">Words that were summed before: of a pseudo header.</param>
    public static ushort Compute(ReadOnlySpan<byte> bytes, ulong sum = 0)
    {
        // 32-bit words give the same sum as 16-bit ones once folded; 2^32 of them fit in 64 bits.
        while (bytes.Length >= sizeof(uint))
        {
            sum += BinaryPrimitives.ReadUInt32BigEndian(bytes);
            bytes = bytes[sizeof(uint)..];
        }
        if (bytes.Length >= sizeof(ushort))
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(bytes);
            bytes = bytes[sizeof(ushort)..];
        }
        if (!bytes.IsEmpty) sum += (uint)bytes[0] << 8;
        while (sum > ushort.MaxValue) sum = (sum & ushort.MaxValue) + (sum >> 16);
        return (ushort)~sum;
    }
}
