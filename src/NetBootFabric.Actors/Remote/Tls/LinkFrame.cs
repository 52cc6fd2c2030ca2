using System.Buffers.Binary;

namespace NetBootFabric.Actors.Remote.Tls;

internal enum LinkFrameKind : byte
{
    Data = 0,

    /// <summary>To the node that decides: the number of the last link that broke, as its eight octets.</summary>
    Hello = 1,

    /// <summary>From the node that decides: this connection is the link, with this number.</summary>
    Go = 2,
}

/// <summary>
/// A frame on the wire: one octet of kind, three of length, both in network order, then the frame. Three octets of length suffice for the longest frame, 4 MiB.
/// </summary>
internal static class LinkFrame
{
    public const int HeaderSize = 4;
    public const int ControlSize = HeaderSize + sizeof(long);

    public static void WriteHeader(Span<byte> bytes, LinkFrameKind kind, int length) => BinaryPrimitives.WriteUInt32BigEndian(bytes, ((uint)kind << 24) | (uint)length);

    public static (LinkFrameKind Kind, int Length) ReadHeader(ReadOnlySpan<byte> bytes)
    {
        var header = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        return ((LinkFrameKind)(header >> 24), (int)(header & 0xFFFFFF));
    }

    public static byte[] Control(LinkFrameKind kind, long number)
    {
        var bytes = new byte[ControlSize];
        WriteHeader(bytes, kind, sizeof(long));
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(HeaderSize), number);
        return bytes;
    }
}
