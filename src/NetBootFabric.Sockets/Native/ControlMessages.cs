using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetBootFabric.Sockets;

/// <summary>Reads the ancillary data of one received message, piece by piece (cmsg(3)).</summary>
internal ref struct ControlMessages(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public int Level { get; private set; }
    public int Type { get; private set; }
    public ReadOnlySpan<byte> Data { get; private set; }

    public bool MoveNext()
    {
        var headerSize = Unsafe.SizeOf<ControlHeader>();
        if (_rest.Length < headerSize) return false;
        var header = MemoryMarshal.Read<ControlHeader>(_rest);
        if (header.Length < (nuint)headerSize || header.Length > (nuint)_rest.Length) return false;
        var length = (int)header.Length;
        (Level, Type) = (header.Level, header.Type);
        Data = _rest[headerSize..length];
        _rest = _rest[Math.Min(Aligned(length), _rest.Length)..];
        return true;
    }

    /// <summary>Octets that a piece with <paramref name="data"/> octets takes (CMSG_SPACE).</summary>
    public static int Space(int data) => Aligned(Unsafe.SizeOf<ControlHeader>() + data);

    /// <summary>Writes one piece and returns the octets it takes.</summary>
    public static int Write<T>(Span<byte> bytes, int level, int type, in T data) where T : unmanaged
    {
        var headerSize = Unsafe.SizeOf<ControlHeader>();
        var size = Unsafe.SizeOf<T>();
        MemoryMarshal.Write(bytes, new ControlHeader { Length = (nuint)(headerSize + size), Level = level, Type = type });
        MemoryMarshal.Write(bytes[headerSize..], in data);
        return Space(size);
    }

    private static int Aligned(int length) => (length + 7) & ~7;
}
